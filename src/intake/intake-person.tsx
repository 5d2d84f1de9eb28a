import { Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { RadioGroup, SelectField } from '#src/ui/choice.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { TextField } from '#src/ui/form.tsx'
import { Notice } from '#src/ui/notice.tsx'
import type { IntakePartProps } from './intake-page.tsx'
import { recentTexts, recentTitle, sourceText } from './known-person.ts'

/** Who asks: found by ID number where the desk knows the person. */
export function PersonCard({ t, view, label }: IntakePartProps) {
  const common = { t, values: view.values, errors: view.errors }
  return (
    <Card title={t('Người nộp', 'Applicant')}>
      <div class="form">
        <div class="find-person">
          <TextField
            {...common}
            name="applicant.idNumber"
            label={label('applicant.idNumber')}
            hint={t('Căn cước, hộ chiếu hoặc mã số thuế', 'Citizen ID, passport or tax code')}
            required
            size="medium"
            autoComplete="off"
          />
          <Button kind="secondary" name="do" value="tim">
            {t('Tìm theo số định danh', 'Find by ID number')}
          </Button>
        </div>
        <div id="known" aria-live="polite">
          <Known t={t} view={view} label={label} />
        </div>
        <RadioGroup
          {...common}
          name="applicant.kind"
          label={label('applicant.kind')}
          inline
          options={[
            { value: 'citizen', label: t('Cá nhân', 'Person') },
            { value: 'business', label: t('Doanh nghiệp, hộ kinh doanh', 'Business') },
            { value: 'organisation', label: t('Tổ chức', 'Organisation') },
          ]}
        />
        <div class="pair">
          <TextField {...common} name="applicant.name" label={label('applicant.name')} required autoComplete="off" />
          <TextField
            {...common}
            name="applicant.phone"
            label={label('applicant.phone')}
            required
            type="tel"
            autoComplete="off"
          />
        </div>
        <div class="pair">
          <TextField {...common} name="applicant.address" label={label('applicant.address')} autoComplete="off" />
          <TextField
            {...common}
            name="applicant.email"
            label={label('applicant.email')}
            type="email"
            autoComplete="off"
          />
        </div>
        <Representative t={t} view={view} label={label} />
        <Support t={t} view={view} label={label} />
      </div>
    </Card>
  )
}

/** Helped to file it at another place than this desk: that place follows how it goes on. */
function Support({ t, view, label }: IntakePartProps) {
  const { supports, values, errors } = view
  if (supports.length === 0) return null
  return (
    <Disclosure
      summary={t('Được hỗ trợ nộp hồ sơ ở nơi khác', 'Helped to file it somewhere else')}
      open={values.supportPoint !== undefined && values.supportPoint !== ''}
    >
      <SelectField
        t={t}
        values={values}
        errors={errors}
        name="supportPoint"
        label={label('supportPoint')}
        placeholder={t('Không', 'No')}
        options={supports.map(({ id, name, agency }) => ({ value: String(id), label: `${agency} – ${name}` }))}
      />
    </Disclosure>
  )
}

/** Where the data come from, and what the same person handed in of late. */
function Known({ t, view }: IntakePartProps) {
  const { known } = view
  if (!known)
    return view.unknown ? (
      <p class="muted">{t('Chưa có hồ sơ nào của số này tại đây.', 'No dossier of this number here yet.')}</p>
    ) : null
  const recent = recentTexts(known, t)
  return (
    <>
      <p class="muted">{sourceText(known, t)}</p>
      {recent.length > 0 && (
        <Notice t={t} kind="warning" title={recentTitle(t)}>
          <ul>
            {recent.map(({ href, text }) => (
              <li key={href}>
                <a href={href}>{text}</a>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  )
}

function Representative({ t, view, label }: IntakePartProps) {
  const common = { t, values: view.values, errors: view.errors }
  const isOpen = Object.entries(view.values).some(([name, value]) => name.startsWith('representative.') && value !== '')
  return (
    <Disclosure summary={t('Có người nộp thay', 'Someone hands it in for them')} open={isOpen}>
      <div class="form">
        <div class="pair">
          <TextField {...common} name="representative.name" label={label('representative.name')} autoComplete="off" />
          <TextField
            {...common}
            name="representative.relation"
            label={label('representative.relation')}
            autoComplete="off"
          />
        </div>
        <div class="pair">
          <TextField
            {...common}
            name="representative.idNumber"
            label={label('representative.idNumber')}
            autoComplete="off"
          />
          <TextField
            {...common}
            name="representative.phone"
            label={label('representative.phone')}
            type="tel"
            autoComplete="off"
          />
        </div>
      </div>
    </Disclosure>
  )
}
