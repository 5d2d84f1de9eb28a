import { renderSVG } from 'uqr'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { timeLeftText } from '#src/calendar/duration-text.ts'
import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import { trackingUrl } from '#src/forms/form-model.ts'
import type { RequestContext } from '#src/platform/http.ts'
import { instantText } from '#src/platform/text.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { DefinitionList } from '#src/ui/definition-list.tsx'
import { PageHead } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { deliveryText } from './dossier-facts.tsx'
import { dueWhen, leftOf } from './due-words.ts'

/** The dossier is in: its code in large type, its due time, its slip, and the next person in the queue. */
export function ReceivedPage({ c, read }: { c: RequestContext; read: ReadDossier }) {
  const t = c.get('t')
  const { dossier, procedure } = read
  const now = c.get('ctx').clock.now()
  const here = `/ho-so/${dossier.code}`
  const url = trackingUrl(c.get('services').config.publicUrl, dossier)
  const due = dossier.dueAt
    ? `${dueWhen(dossier.dueAt, now, t)} (${timeLeftText(leftOf(read, now), t).toLowerCase()})`
    : t('Không quy định thời hạn', 'No time limit')
  return (
    <OfficerPage c={c} title={`${t('Đã tiếp nhận', 'Received')} ${dossier.code}`} current="/tiep-nhan">
      <PageHead t={t} title={t('Đã tiếp nhận hồ sơ', 'The dossier is received')} sub={procedure.name} />
      {dossier.dueProvisional && (
        <Notice t={t} kind="warning">
          {t(
            `Hạn tạm tính: chưa có lịch nghỉ chính thức của năm ${dossier.dueGaps.join(', ')}.`,
            `Provisional: no official calendar for ${dossier.dueGaps.join(', ')} yet.`,
          )}
        </Notice>
      )}
      <Card>
        <div class="received">
          <div class="form">
            <p class="code-large">{dossier.code}</p>
            <DefinitionList
              items={[
                { term: t('Người nộp', 'Applicant'), value: dossier.applicant.name },
                {
                  term: t('Tiếp nhận lúc', 'Received at'),
                  value: dossier.receivedAt && instantText(dossier.receivedAt),
                },
                { term: t('Hẹn trả', 'Due'), value: <strong>{due}</strong> },
                { term: t('Nhận kết quả', 'Delivery'), value: deliveryText(dossier.deliveryChoice, t) },
                { term: t('Mã tra cứu', 'Tracking secret'), value: <code>{dossier.trackingSecret}</code> },
              ]}
            />
            <Actions>
              <Button href={`${here}/phieu/01.pdf`} icon="printer">
                {t('In giấy hẹn', 'Print the slip')}
              </Button>
              <Button kind="secondary" href={`/tiep-nhan?thu-tuc=${dossier.procedureCode}`} shortcut="n">
                {t('Tiếp nhận hồ sơ tiếp theo', 'Receive the next one')}
              </Button>
              <Button kind="quiet" href={here}>
                {t('Mở hồ sơ', 'Open the dossier')}
              </Button>
            </Actions>
          </div>
          <figure class="qr">
            <img
              src={qrImage(url)}
              alt={t('Mã QR mở trang tra cứu hồ sơ', 'QR code of the tracking page')}
              width="160"
              height="160"
            />
            <figcaption>{t('Quét để tra cứu', 'Scan to track')}</figcaption>
          </figure>
        </div>
      </Card>
    </OfficerPage>
  )
}

function qrImage(url: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(renderSVG(url, { ecc: 'M', border: 2 })).toString('base64')}`
}
