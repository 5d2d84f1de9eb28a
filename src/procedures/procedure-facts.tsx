import type { T } from '#src/platform/text.ts'
import { Card } from '#src/ui/card.tsx'
import { DefinitionList } from '#src/ui/definition-list.tsx'
import { Stack } from '#src/ui/layout.tsx'
import type { PublishedProcedure } from './catalogue.query.ts'
import { applicantName, day, serviceLevelName } from './procedure-words.ts'

/** Who, where, what comes out of it. */
export function About({ t, procedure }: { t: T; procedure: PublishedProcedure }) {
  const { content, resolver, serviceLevel, field } = procedure
  const { applicants, results, authority, coordination, keywords } = content
  const list = (items: string[]) => items.join(', ')
  return (
    <Card title={t('Thông tin chung', 'About it')}>
      <DefinitionList
        items={[
          { term: t('Ai được làm', 'Who may apply'), value: list(applicants.map(kind => applicantName(kind, t))) },
          { term: t('Kết quả', 'Result'), value: list(results.map(result => result.name)) },
          { term: t('Nơi quyết định', 'Who decides'), value: authority },
          ...(resolver ? [{ term: t('Nơi giải quyết', 'Resolved by'), value: resolver.name }] : []),
          ...(coordination.length > 0 ? [{ term: t('Nơi phối hợp', 'Together with'), value: list(coordination) }] : []),
          { term: t('Trực tuyến', 'Online'), value: serviceLevelName(serviceLevel, t) },
          { term: t('Lĩnh vực', 'Field'), value: field.name },
          ...(keywords.length > 0 ? [{ term: t('Còn gọi là', 'Also called'), value: list(keywords) }] : []),
        ]}
      />
    </Card>
  )
}

export function LegalBasis({ t, procedure }: { t: T; procedure: PublishedProcedure }) {
  const { legalBasis } = procedure.content
  if (legalBasis.length === 0) return null
  return (
    <Card title={t('Căn cứ pháp lý', 'Legal basis')}>
      <ul>
        {legalBasis.map(({ number, title }) => (
          <li key={number}>
            {title} {t('số', 'no.')} {number}
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Which decision published this text, since when, and the texts before and after it. */
export function PublicationFacts({ t, procedure }: { t: T; procedure: PublishedProcedure }) {
  const { content, decision, version, validFrom, versions, code } = procedure
  const others = versions.filter(other => other.version !== version)
  return (
    <Card title={t('Công bố', 'Publication')}>
      <Stack>
        <DefinitionList
          items={[
            { term: t('Quyết định', 'Decision'), value: decision },
            { term: t('Áp dụng từ', 'In force from'), value: `${day(validFrom)} (${t('bản', 'version')} ${version})` },
            { term: t('Loại', 'Kind'), value: content.kind },
          ]}
        />
        {others.length > 0 && (
          <p>
            {t('Bản khác: ', 'Other versions: ')}
            {others.map((other, n) => (
              <span key={other.version}>
                {n > 0 && ', '}
                <a href={`/thu-tuc/${code}?version=${other.version}`}>
                  {t(
                    `bản ${other.version}, từ ${day(other.validFrom)}`,
                    `version ${other.version}, from ${day(other.validFrom)}`,
                  )}
                </a>
              </span>
            ))}
          </p>
        )}
      </Stack>
    </Card>
  )
}
