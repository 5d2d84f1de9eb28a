import { moneyText } from '#src/platform/text.ts'
import { figureText } from '#src/reports/cell-text.ts'
import type { DirectiveFigures, ReasonFigures } from './directive-figures.ts'
import type { DocumentSection } from './directive-report.ts'
import { newlyReceived } from './directive-solving.ts'
import { figure, numberOf, shareText, text } from './directive-words.ts'

const named = (reasons: readonly ReasonFigures[]) =>
  reasons.map(({ label, n }) => `${label} (${figureText(n)})`).join('; ')

/** What applicants were asked for again, and what was refused. */
export function reasonsSection({
  links,
  supplements,
  supplementReasons,
  refusals,
  refusalReasons,
}: DirectiveFigures): DocumentSection {
  const asked = named(supplementReasons)
  const refused = named(refusalReasons)
  return {
    title: 'Yêu cầu bổ sung, từ chối tiếp nhận',
    parts: [
      text(
        '1. Yêu cầu bổ sung ',
        figure(supplements.requests),
        ' lượt đối với ',
        figure(supplements.dossiers),
        ' hồ sơ (khi tiếp nhận ',
        figure(supplements.intake),
        ', khi thẩm định ',
        figure(supplements.appraisal, links.appraisal),
        '); ',
        figure(supplements.repeated),
        ` hồ sơ bị yêu cầu quá một lần.${asked && ` Giấy tờ bị yêu cầu nhiều nhất: ${asked}.`}`,
      ),
      text(
        '2. Từ chối tiếp nhận ',
        figure(refusals.refused, links.refused),
        ` hồ sơ, trong đó nộp trực tuyến ${figureText(numberOf(refusals.online))}.${refused && ` Lý do chủ yếu: ${refused}.`}`,
      ),
    ],
  }
}

/** What was to be paid, and what came in how. */
export function moneySection({ fees }: DirectiveFigures): DocumentSection {
  const money = (key: string) => moneyText(numberOf(fees[key]))
  return {
    title: 'Phí, lệ phí',
    parts: [
      text(
        '1. Hồ sơ tiếp nhận trong kỳ có phí, lệ phí: ',
        figure(fees.dossiers),
        ` hồ sơ; phải thu ${money('owed')} (phí ${money('phi')}, lệ phí ${money('lePhi')}), đã thu ${money('paid')}, còn phải thu ${money('unpaid')}; miễn ${money('exempt')}.`,
      ),
      text(
        `2. Thu trong kỳ ${money('collected')} theo ${figureText(numberOf(fees.receipts))} biên lai: tiền mặt ${money('cash')}, chuyển khoản ${money('transfer')}, thẻ ${money('card')}; tỷ lệ không dùng tiền mặt ${shareText(
          numberOf(fees.transfer) + numberOf(fees.card),
          numberOf(fees.collected),
        )}.`,
      ),
    ],
  }
}

/** By what ways people were served. */
export function serviceSection({ totals, received, postHome, links }: DirectiveFigures): DocumentSection {
  const all = newlyReceived(totals.now)
  return {
    title: 'Kênh phục vụ, bưu chính và tại nhà',
    parts: [
      text(
        '1. Theo kênh tiếp nhận: trực tuyến ',
        figure(received.online, links.online),
        ` hồ sơ (${shareText(received.online, all)}); trực tiếp `,
        figure(received.counter, links.counter),
        ` (${shareText(received.counter, all)}); bưu chính `,
        figure(received.post, links.post),
        '; tại nhà ',
        figure(received.home, links.home),
        '; qua điện thoại ',
        figure(received.phone, links.phone),
        '.',
      ),
      text(
        '2. Trả kết quả ',
        figure(postHome.returned),
        ' hồ sơ: bản điện tử ',
        figure(postHome.electronic),
        ', qua bưu chính ',
        figure(postHome.byPost),
        ', tại quầy ',
        figure(postHome.overCounter),
        ` (tính tại nơi tiếp nhận).`,
      ),
    ],
  }
}

export function guidanceSection({ guidance }: DirectiveFigures): DocumentSection {
  return {
    title: 'Hướng dẫn tổ chức, cá nhân',
    parts: [
      text(
        'Hướng dẫn ',
        figure(guidance.total),
        ' lượt: trực tiếp ',
        figure(guidance.counter),
        ', cuộc gọi đến ',
        figure(guidance['call-in']),
        ', cuộc gọi đi ',
        figure(guidance['call-out']),
        ', trực tuyến ',
        figure(guidance.chat),
        ', tại nhà ',
        figure(guidance.home),
        '; ',
        figure(guidance.dossiers),
        ' lượt dẫn tới nộp hồ sơ ngay.',
      ),
    ],
  }
}
