import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import { instantText, type T } from '#src/platform/text.ts'
import type { Asked, ReportTable } from '#src/reports/report.ts'
import { Notes } from '#src/reports/report-page.tsx'
import { ReportTableView } from '#src/reports/report-table.tsx'
import { StateBadge } from '#src/ui/badge.tsx'
import { Actions, Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { RadioGroup, SelectField } from '#src/ui/choice.tsx'
import { DefinitionList } from '#src/ui/definition-list.tsx'
import { ErrorSummary, Form, TextArea } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { DataTable } from '#src/ui/table.tsx'
import { ratedIndexName, ratedIndices } from './dossier-rating.ts'
import { ENTRY_PATH, SETS_PATH } from './indices.pages.tsx'
import type { DossierRating, RatingChange } from './rating.query.ts'
import { periodQuery, ScorePeriod, type ScorePeriodRead } from './score-period.tsx'

export const RATINGS_PATH = '/danh-gia'
const title = (t: T) => t('Đánh giá giải quyết thủ tục', 'Rating by nine indices')

type Tables = { asked: Asked; ranking: ReportTable | null; own: ReportTable; officers: ReportTable }

type RatingsProps = { c: RequestContext; read: ScorePeriodRead; tables: Tables | null }

export function RatingsPage({ c, read, tables }: RatingsProps) {
  const t = c.get('t')
  return (
    <OfficerPage c={c} title={title(t)} current={RATINGS_PATH}>
      <ErrorSummary t={t} errors={read.errors} />
      <PageHead
        t={t}
        title={title(t)}
        sub={t(
          'Chín chỉ số theo Thông tư 01/2018/TT-VPCP: phiếu của từng hồ sơ được lập hằng giờ khi có kết quả.',
          'Nine indices of Circular 01/2018/TT-VPCP: each dossier is rated within the hour after its result.',
        )}
      >
        <div class="actions">
          <Button kind="secondary" href={`${SETS_PATH}/chin-chi-so`}>
            {t('Bộ chỉ số', 'Index set')}
          </Button>
          <Button kind="secondary" href={`/bao-cao/danh-gia-mau-01${periodQuery(read)}`}>
            {t('Phiếu từng hồ sơ', 'Forms of dossiers')}
          </Button>
        </div>
      </PageHead>
      <Stack>
        <ScorePeriod c={c} read={read} action={RATINGS_PATH} />
        {tables && <RatingTables t={t} tables={tables} query={periodQuery(read)} mayEnter={mayEnter(c)} />}
      </Stack>
    </OfficerPage>
  )
}

const mayEnter = (c: RequestContext) => {
  const { actor } = c.get('ctx')
  return actor.kind === 'officer' && actor.role !== 'director'
}

type RatingTablesProps = { t: T; tables: Tables; query: string; mayEnter: boolean }

function RatingTables({ t, tables: { asked, ranking, own, officers }, query, mayEnter }: RatingTablesProps) {
  const link = (key: string) => <a href={`/bao-cao/${key}${query}`}>{t('Báo cáo, tải về', 'Report, download')}</a>
  return (
    <>
      {ranking && (
        <section>
          <ReportTableView
            t={t}
            table={ranking}
            caption={t('Xếp hạng các cơ quan (Mẫu số 03)', 'Agencies ranked (form 03)')}
          />
          <Notes t={t} notes={ranking.notes?.filter(note => !own.notes?.includes(note)) ?? []} />
          <p>{link('chi-so-9')}</p>
        </section>
      )}
      <section>
        <ReportTableView
          t={t}
          table={own}
          caption={t(`Phiếu của cơ quan (Mẫu số 02): ${asked.agency.name}`, `Form 02 of ${asked.agency.name}`)}
        />
        <Notes t={t} notes={own.notes ?? []} />
        <p>
          {link('danh-gia-mau-02')}
          {mayEnter && (
            <>
              {' · '}
              <a href={`${ENTRY_PATH}/chin-chi-so${query}`}>{t('Tự chấm, thẩm định', 'Self-score, appraisal')}</a>
            </>
          )}
        </p>
      </section>
      <section>
        <ReportTableView t={t} table={officers} caption={t('Cán bộ, công chức thụ lý', 'Officers')} />
        <p>{link('danh-gia-can-bo')}</p>
      </section>
    </>
  )
}

type DossierRatingProps = {
  c: RequestContext
  rating: DossierRating
  values: FormValues
  errors: readonly FieldError[]
  mayChange: boolean
  mayOpen: boolean
  done: boolean
}

export function DossierRatingPage({ c, rating, values, errors, mayChange, mayOpen, done }: DossierRatingProps) {
  const t = c.get('t')
  const heading = t(`Phiếu đánh giá hồ sơ ${rating.code}`, `Rating of dossier ${rating.code}`)
  return (
    <OfficerPage c={c} title={heading} current={RATINGS_PATH}>
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={heading}
        sub={t('Mẫu số 01, Thông tư 01/2018/TT-VPCP', 'Form 01 of Circular 01/2018/TT-VPCP')}
        crumbs={[{ href: RATINGS_PATH, label: title(t) }, { label: rating.code }]}
      >
        {mayOpen && (
          <Button kind="secondary" href={`/ho-so/${rating.code}`}>
            {t('Mở hồ sơ', 'Open the dossier')}
          </Button>
        )}
      </PageHead>
      <Stack>
        {done && <Notice t={t}>{t('Đã ghi điểm thẩm định.', 'The appraisal is recorded.')}</Notice>}
        <Card>
          <DefinitionList
            items={[
              { term: t('Thủ tục', 'Procedure'), value: rating.procedure },
              { term: t('Cơ quan giải quyết', 'Agency'), value: rating.agency },
              { term: t('Người thụ lý', 'Appraised by'), value: rating.officer ?? '–' },
              { term: t('Có kết quả lúc', 'Result ready'), value: instantText(rating.readyAt) },
            ]}
          />
        </Card>
        <PointsTable t={t} rating={rating} />
        {rating.changes.length > 0 && <ChangesTable t={t} changes={rating.changes} />}
        {mayChange && <ChangeCard t={t} rating={rating} values={values} errors={errors} />}
      </Stack>
    </OfficerPage>
  )
}

function PointsTable({ t, rating }: { t: T; rating: DossierRating }) {
  const { points, computed } = rating
  return (
    <DataTable
      caption={t('Điểm từng chỉ số', 'Points by index')}
      rows={ratedIndices}
      rowKey={index => index}
      columns={[
        { key: 'index', head: t('Chỉ số', 'Index'), cell: i => `${i}. ${ratedIndexName(i, t)}`, rowHeader: true },
        { key: 'computed', head: t('Tính từ hồ sơ', 'Computed'), cell: i => computed[i] ?? '–', numeric: true },
        { key: 'points', head: t('Điểm', 'Points'), cell: i => points[i] ?? '–', numeric: true },
        {
          key: 'state',
          head: t('Thẩm định', 'Appraisal'),
          cell: i => points[i] !== computed[i] && <StateBadge tone="active" text={t('đã thay đổi', 'changed')} />,
        },
      ]}
      dense
    />
  )
}

function ChangesTable({ t, changes }: { t: T; changes: readonly RatingChange[] }) {
  return (
    <DataTable
      caption={t('Thẩm định, mới nhất trước', 'Appraisals, the latest first')}
      rows={changes}
      columns={[
        { key: 'index', head: t('Chỉ số', 'Index'), cell: one => `${one.index}. ${ratedIndexName(one.index, t)}` },
        { key: 'points', head: t('Điểm', 'Points'), cell: one => one.points, numeric: true },
        { key: 'reason', head: t('Lý do', 'Reason'), cell: one => one.reason },
        { key: 'by', head: t('Người ghi', 'By'), cell: one => one.by, sub: one => instantText(one.at) },
      ]}
      dense
    />
  )
}

type ChangeProps = { t: T; rating: DossierRating; values: FormValues; errors: readonly FieldError[] }

function ChangeCard({ t, rating, values, errors }: ChangeProps) {
  const field = { t, values, errors }
  return (
    <Card title={t('Ghi điểm thẩm định', 'Record an appraisal')}>
      <Form action={`${RATINGS_PATH}/ho-so/${rating.code}`}>
        <SelectField
          {...field}
          name="index"
          label={t('Chỉ số', 'Index')}
          options={ratedIndices.map(i => ({ value: String(i), label: `${i}. ${ratedIndexName(i, t)}` }))}
          required
        />
        <RadioGroup
          {...field}
          name="points"
          label={t('Điểm', 'Points')}
          options={['0', '1', '2'].map(value => ({ value, label: value }))}
          inline
          required
        />
        <TextArea
          {...field}
          name="reason"
          label={t('Lý do', 'Reason')}
          hint={t(
            'Ví dụ: do lỗi của người nộp; có phản ánh đúng về thái độ.',
            'For example: the applicant was at fault; a complaint was well-founded.',
          )}
          rows={3}
          maxLength={1000}
          required
        />
        <Actions>
          <Button>{t('Ghi điểm', 'Record')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}
