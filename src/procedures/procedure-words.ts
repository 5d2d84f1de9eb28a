import { moneyText, type T } from '#src/platform/text.ts'
import type { Procedure, ProcedureChannel, ProcedureComponent, ProcedureFee } from './procedure.ts'

export function levelName(level: Procedure['level'], t: T): string {
  return level === 'province' ? t('Cấp tỉnh', 'Province') : t('Cấp xã', 'Commune')
}

/** How far it can be done online, in the words of the national portal. */
export function serviceLevelName(level: Procedure['serviceLevel'], t: T): string {
  const names = {
    full: t('Trực tuyến toàn trình', 'Fully online'),
    partial: t('Trực tuyến một phần', 'Partly online'),
    info: t('Chỉ cung cấp thông tin', 'Information only'),
  }
  return names[level]
}

export function waysIn(channel: ProcedureChannel['channel'], t: T): string {
  const names = {
    counter: t('Tại quầy', 'At the counter'),
    online: t('Trực tuyến', 'Online'),
    post: t('Qua bưu chính', 'By post'),
  }
  return names[channel]
}

const applicants: Record<string, readonly [vi: string, en: string]> = {
  citizen: ['Công dân Việt Nam', 'Vietnamese citizens'],
  overseas: ['Người Việt Nam định cư ở nước ngoài', 'Vietnamese living abroad'],
  foreigner: ['Người nước ngoài', 'Foreigners'],
  business: ['Doanh nghiệp', 'Enterprises'],
  cooperative: ['Hợp tác xã', 'Cooperatives'],
  organisation: ['Tổ chức', 'Organisations'],
}

/** Words of ours for the kinds we know, those of the publication otherwise. */
export function applicantName(kind: string, t: T): string {
  const known = applicants[kind]
  return known ? t(...known) : kind
}

/** `1 bản chính, 2 bản sao`; nothing to leave behind is a paper only to be shown. */
export function copiesText({ originals, certified, copies }: ProcedureComponent, t: T): string {
  const parts = [
    originals > 0 && t(`${originals} bản chính`, `${originals} original${plural(originals)}`),
    certified > 0 && t(`${certified} bản sao chứng thực`, `${certified} certified cop${certified === 1 ? 'y' : 'ies'}`),
    copies > 0 && t(`${copies} bản sao`, `${copies} cop${copies === 1 ? 'y' : 'ies'}`),
  ]
  return parts.filter(Boolean).join(', ') || t('Xuất trình', 'To be shown')
}

/** `8.000 đ/trường hợp`, or that nothing is charged. */
export function feeText({ amount, unit }: ProcedureFee, t: T): string {
  if (amount === 0) return t('không thu', 'free')
  return unit ? `${moneyText(amount)}/${unit}` : moneyText(amount)
}

/** `2025-07-01` → `01/07/2025` */
export const day = (date: string) => date.split('-').reverse().join('/')

const plural = (n: number) => (n === 1 ? '' : 's')
