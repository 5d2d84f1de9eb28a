import type { ComponentChildren } from 'preact'
import type { T } from '#src/platform/text.ts'
import { Icon, type IconName } from './icon.tsx'

export type NoticeKind = 'info' | 'success' | 'warning' | 'error'

const icons: Record<NoticeKind, IconName> = {
  info: 'info',
  success: 'circle-check',
  warning: 'triangle-alert',
  error: 'circle-alert',
}

export type NoticeProps = { t: T; kind?: NoticeKind; title?: string; children?: ComponentChildren }

/** A message in the page. Errors are announced at once, a success politely. */
export function Notice({ t, kind = 'info', title, children }: NoticeProps) {
  const words = {
    info: t('Thông tin', 'Information'),
    success: t('Đã xong', 'Done'),
    warning: t('Lưu ý', 'Note'),
    error: t('Lỗi', 'Error'),
  }
  const role = kind === 'error' ? 'alert' : kind === 'success' ? 'status' : undefined
  return (
    <div class={`notice notice-${kind}`} role={role}>
      <Icon name={icons[kind]} />
      <div>
        <span class="sr-only">{words[kind]}: </span>
        {title && <p class="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  )
}
