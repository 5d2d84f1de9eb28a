import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { RequestContext } from '#src/platform/http.ts'
import { Actions, Button } from '#src/ui/button.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { editorHref, PROCESSES, processHref } from './process-view.ts'

type ImportedProps = {
  c: RequestContext
  process: { key: string; name: string }
  warnings: readonly { vi: string; en: string }[]
}

/** What had to be assumed while a drawing from elsewhere was taken in: read once, before the draft is opened. */
export function ImportedPage({ c, process: { key, name }, warnings }: ImportedProps) {
  const t = c.get('t')
  const title = t('Đã đọc tệp BPMN', 'The BPMN file was read')
  return (
    <OfficerPage c={c} title={title} current={PROCESSES}>
      <PageHead
        t={t}
        title={title}
        sub={name}
        crumbs={[
          { href: PROCESSES, label: t('Quy trình', 'Processes') },
          { href: processHref(key), label: name },
          { label: title },
        ]}
      />
      <Stack>
        <Notice t={t} kind="warning" title={t('Những điều tệp không nói rõ', 'What the file does not say')}>
          <ul>
            {warnings.map(({ vi, en }) => (
              <li key={vi}>{t(vi, en)}</li>
            ))}
          </ul>
        </Notice>
        <Actions>
          <Button href={editorHref(key)}>{t('Mở bản soạn thảo để kiểm tra', 'Open the draft and check')}</Button>
        </Actions>
      </Stack>
    </OfficerPage>
  )
}
