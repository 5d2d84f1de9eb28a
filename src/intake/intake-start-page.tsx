import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { RequestContext } from '#src/platform/http.ts'
import type { CatalogueItem } from '#src/procedures/catalogue.query.ts'
import { Card } from '#src/ui/card.tsx'
import { Empty } from '#src/ui/empty.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { SearchBox } from '#src/ui/list.tsx'
import { DataTable } from '#src/ui/table.tsx'
import type { UsualProcedure } from './usual-procedures.query.ts'

type Props = { c: RequestContext; q: string; found: readonly CatalogueItem[] | null; usual: readonly UsualProcedure[] }
type Row = { code: string; name: string; field: string }

/** First question at the counter: what for? */
export function IntakeStartPage({ c, q, found, usual }: Props) {
  const t = c.get('t')
  const title = t('Tiếp nhận hồ sơ', 'Receive a dossier')
  return (
    <OfficerPage c={c} title={title} current="/tiep-nhan" scripts={['/assets/intake-start.js']}>
      <PageHead t={t} title={title} sub={t('Chọn thủ tục để bắt đầu.', 'Choose the procedure to begin.')} />
      <Stack>
        <SearchBox
          t={t}
          action="/tiep-nhan"
          label={t('Tìm thủ tục theo tên hoặc mã', 'Find a procedure by name or code')}
          placeholder={t('Ví dụ: khai sinh, 1.001193', 'For example: khai sinh, 1.001193')}
          value={q}
        />
        <div id="found" aria-live="polite">
          {found && <Found c={c} rows={found.map(one => ({ ...one, field: one.field.name }))} />}
        </div>
        {!found && usual.length > 0 && (
          <Card title={t('Hay tiếp nhận ở đây', 'Often received here')}>
            <Procedures c={c} caption={t('Hay tiếp nhận ở đây', 'Often received here')} rows={usual} />
          </Card>
        )}
      </Stack>
    </OfficerPage>
  )
}

function Found({ c, rows }: { c: RequestContext; rows: readonly Row[] }) {
  const t = c.get('t')
  if (rows.length > 0) {
    return (
      <Card>
        <Procedures c={c} caption={t('Thủ tục tìm thấy', 'Procedures found')} rows={rows} />
      </Card>
    )
  }
  return (
    <Empty title={t('Không tìm thấy thủ tục', 'No procedure found')}>
      <p>
        {t('Thử vài chữ trong tên thủ tục, không cần dấu.', 'Try a few words of its name; accents are not needed.')}
      </p>
    </Empty>
  )
}

function Procedures({ c, caption, rows }: { c: RequestContext; caption: string; rows: readonly Row[] }) {
  const t = c.get('t')
  return (
    <DataTable<Row>
      caption={caption}
      captionHidden
      dense
      bare
      rows={rows}
      rowKey={row => row.code}
      rowHref={row => `/tiep-nhan?thu-tuc=${row.code}`}
      columns={[
        { key: 'name', head: t('Thủ tục', 'Procedure'), cell: row => row.name },
        { key: 'field', head: t('Lĩnh vực', 'Field'), cell: row => row.field },
        { key: 'code', head: t('Mã', 'Code'), cell: row => row.code, nowrap: true },
      ]}
    />
  )
}
