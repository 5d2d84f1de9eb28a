import type { T } from '#src/platform/text.ts'
import { figureText } from '#src/reports/cell-text.ts'
import type { IndexDefinition } from './indicator-set.ts'
import { type Measures, withEffect } from './measure.ts'
import { type EnteredSum, scoreSet } from './score.ts'

/**
 * Something an agency can do within the period. `effect`: what doing it once adds to the measures, and nothing else; `most`: how often it
 * can be done at all, or how far it is sensible to think ahead.
 */
export type Move = {
  key: string
  effect: Partial<Measures>
  most(m: Measures): number
  /** The dossiers it can be done with, all of `most`, where a list has them. */
  list?: 'open-in-time' | 'unfiled-results'
  /** `s`: the ending of what is counted in English. */
  words: readonly [vi: (n: string) => string, en: (n: string, s: '' | 's') => string]
}

/** To do `move` `times` over raises the total by at least `gain` points, everything else staying as it is. */
export type Advice = { move: Move; times: number; gain: number }

/** A tenth more than there is, and ten where there is little: what one may ask of an agency within a period. */
const inReach = (n: number) => Math.max(10, Math.ceil(n / 10))

/** Procedures that can be taken in hand within a period. */
const SOME = 10

export const moves: readonly Move[] = [
  {
    key: 'receive-online',
    effect: { received: 1, received_online: 1 },
    most: m => inReach(m.received),
    words: [
      n => `Tiếp nhận thêm ${n} hồ sơ trực tuyến trong kỳ`,
      (n, s) => `Receive ${n} more dossier${s} online in the period`,
    ],
  },
  {
    key: 'receive-full-online',
    effect: { received: 1, received_online: 1, received_full: 1, received_full_online: 1 },
    most: m => (m.received_full > 0 ? inReach(m.received_full) : 0),
    words: [
      n => `Tiếp nhận thêm ${n} hồ sơ trực tuyến của thủ tục toàn trình`,
      (n, s) => `Receive ${n} more dossier${s} online for procedures served in full`,
    ],
  },
  {
    key: 'solve-in-time',
    effect: { solved: 1, solved_in_time: 1, results: 1, results_filed: 1 },
    most: m => m.open_in_time,
    list: 'open-in-time',
    words: [
      n => `Giải quyết đúng hạn ${n} hồ sơ đang trong hạn, kèm tệp kết quả đã ký`,
      (n, s) => `Solve ${n} open dossier${s} in time, the signed result on file`,
    ],
  },
  {
    key: 'file-result',
    effect: { results_filed: 1 },
    most: m => m.results - m.results_filed,
    list: 'unfiled-results',
    words: [
      n => `Đưa tệp kết quả đã ký vào ${n} hồ sơ đã giải quyết`,
      (n, s) => `File the signed result in ${n} dossier${s} already solved`,
    ],
  },
  {
    key: 'scan-component',
    effect: { components_scanned: 1 },
    most: m => m.components - m.components_scanned,
    words: [n => `Số hóa thêm ${n} giấy tờ đã tiếp nhận`, (n, s) => `Scan ${n} more paper${s} already handed in`],
  },
  {
    key: 'use-online',
    effect: { procedures_used_online: 1, received: 1, received_online: 1 },
    most: m => Math.min(m.procedures_online - m.procedures_used_online, SOME),
    words: [
      n => `Để ${n} thủ tục trực tuyến chưa phát sinh có hồ sơ trực tuyến đầu tiên`,
      (n, s) => `Receive the first dossier online for ${n} procedure${s} served online`,
    ],
  },
  {
    key: 'open-online',
    effect: { procedures_online: 1, procedures_used_online: 1, received: 1, received_online: 1 },
    most: m => Math.min(m.procedures - m.procedures_online, SOME),
    words: [
      n => `Đề nghị cung cấp trực tuyến thêm ${n} thủ tục và tiếp nhận hồ sơ trực tuyến cho mỗi thủ tục`,
      (n, s) => `Have ${n} more procedure${s} served online, and receive a dossier online for ${s ? 'each' : 'it'}`,
    ],
  },
  {
    key: 'publish-complete',
    effect: { procedures_complete: 1 },
    most: m => Math.min(m.procedures - m.procedures_complete, SOME),
    words: [
      n => `Đề nghị công khai đủ các bộ phận của ${n} thủ tục`,
      (n, s) => `Have every part of ${n} procedure${s} published`,
    ],
  },
  {
    key: 'first-payment',
    effect: { fee_procedures_paid_online: 1, fee_dossiers: 1, fee_dossiers_paid_online: 1 },
    most: m => Math.min(m.fee_procedures - m.fee_procedures_paid_online, SOME),
    words: [
      n => `Để ${n} thủ tục có phí chưa phát sinh có hồ sơ thanh toán trực tuyến đầu tiên`,
      (n, s) => `Have the first payment online for ${n} procedure${s} with a fee`,
    ],
  },
  {
    key: 'pay-online',
    effect: { fee_dossiers: 1, fee_dossiers_paid_online: 1 },
    most: m => (m.fee_dossiers > 0 ? inReach(m.fee_dossiers) : 0),
    words: [
      n => `Hướng dẫn để thêm ${n} hồ sơ thanh toán trực tuyến`,
      (n, s) => `Have ${n} more dossier${s} paid for online`,
    ],
  },
  {
    key: 'sync',
    effect: { synced: 1 },
    most: m => m.to_sync - m.synced,
    words: [
      n => `Đồng bộ thành công ${n} hồ sơ lên Cổng Dịch vụ công quốc gia`,
      (n, s) => `Synchronise ${n} dossier${s} to the national portal`,
    ],
  },
  {
    key: 'solve-early',
    effect: { rated_1: 1, points_1: 2, rated_7: 1, points_7: 2 },
    most: m => (m.rated_1 > 0 ? m.open_in_time : 0),
    list: 'open-in-time',
    words: [
      n => `Giải quyết trước hạn ${n} hồ sơ đang trong hạn, không để bị phản ánh`,
      (n, s) => `Solve ${n} open dossier${s} early and without complaint`,
    ],
  },
]

/** Gains are promised in hundredths of a point, rounded down. */
const promised = (gain: number) => Math.floor(gain * 100 + 1e-6) / 100

/**
 * What raises the total most, the greatest gain first. Of each move as few as bring all but a hundredth of what the move can bring.
 */
export function adviceFor(
  definition: IndexDefinition,
  measures: Measures,
  entered: ReadonlyMap<string, EnteredSum>,
): Advice[] {
  const totalOf = (m: Measures) => scoreSet(definition, m, entered).total ?? 0
  const before = totalOf(measures)
  const found = moves.map(move => {
    const gainAt = (times: number) => totalOf(withEffect(measures, move.effect, times)) - before
    const times = fewest(Math.max(0, move.most(measures)), gainAt)
    return { move, times, gain: promised(gainAt(times)) }
  })
  return found
    .filter(({ times, gain }) => times > 0 && gain >= 0.01)
    .sort((a, b) => b.gain - a.gain || a.times - b.times)
}

/** The least number up to `most` with as good as the gain of `most`. */
function fewest(most: number, gainAt: (times: number) => number): number {
  const enough = gainAt(most) - 0.005
  let low = 0
  let high = most
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (gainAt(middle) >= enough) high = middle
    else low = middle + 1
  }
  return high
}

/** "Tiếp nhận thêm 12 hồ sơ trực tuyến trong kỳ để tăng 0,8 điểm" */
export function adviceText({ move, times, gain }: Advice, t: T): string {
  const [vi, en] = move.words
  const [n, points] = [figureText(times, t), figureText(gain, t)]
  return t(
    `${vi(n)} để tăng ${points} điểm`,
    `${en(n, times === 1 ? '' : 's')} to gain ${points} ${gain === 1 ? 'point' : 'points'}`,
  )
}
