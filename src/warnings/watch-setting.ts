import type { T } from '#src/platform/text.ts'

export const settingKeys = [
  'reminder-answer-hours',
  'apology-lead-hours',
  'apology-more-days',
  'late-supplement-hours',
  'repeated-pauses',
  'mass-close-count',
  'mass-close-minutes',
  'late-correction-hours',
] as const
export type SettingKey = (typeof settingKeys)[number]
/** The numbers the watch goes by on a day. */
export type Settings = Record<SettingKey, number>

/** A number in force from a local day until just before another. */
export type SettingPeriod = {
  key: SettingKey
  amount: number
  ground: string
  validFrom: string
  validTo: string | null
}

type Words = readonly [vi: string, en: string]
type Setting = { name: Words; unit: Words; min: number; max: number }

const HOURS: Words = ['giờ', 'hours']

/** Whole numbers; what a slip, a draft or a sign of manipulation still makes sense with. */
const settings: Record<SettingKey, Setting> = {
  'reminder-answer-hours': {
    name: ['Thời hạn trả lời phiếu đôn đốc', 'Time to answer a reminder slip'],
    ...{ unit: HOURS, min: 1, max: 720 },
  },
  'apology-lead-hours': {
    name: ['Thời gian dành cho lãnh đạo ký phiếu xin lỗi', 'Time for the leader to sign an apology'],
    ...{ unit: ['giờ làm việc', 'working hours'], min: 0, max: 200 },
  },
  'apology-more-days': {
    name: ['Số ngày đề xuất hẹn lại', 'Days proposed for the new date'],
    ...{ unit: ['ngày làm việc', 'working days'], min: 1, max: 60 },
  },
  'late-supplement-hours': {
    name: ['Yêu cầu bổ sung coi là sát hạn khi còn dưới', 'A supplement is asked late with less left than'],
    ...{ unit: HOURS, min: 1, max: 720 },
  },
  'repeated-pauses': {
    name: ['Số lần dừng tính thời gian coi là nhiều', 'Pauses of one dossier that are many'],
    ...{ unit: ['lần', 'times'], min: 2, max: 20 },
  },
  'mass-close-count': {
    name: ['Số hồ sơ coi là kết thúc hàng loạt', 'Dossiers that are many to close in one go'],
    ...{ unit: ['hồ sơ', 'dossiers'], min: 2, max: 1000 },
  },
  'mass-close-minutes': {
    name: ['Khoảng thời gian xét kết thúc hàng loạt', 'Time within which closing counts as one go'],
    ...{ unit: ['phút', 'minutes'], min: 1, max: 480 },
  },
  'late-correction-hours': {
    name: ['Đính chính coi là muộn sau khi tiếp nhận', 'A correction is late after reception by'],
    ...{ unit: HOURS, min: 0, max: 720 },
  },
}

/** The least and the most a setting may be, in its own unit. */
export function settingRange(key: SettingKey): { min: number; max: number } {
  const { min, max } = settings[key]
  return { min, max }
}

export const settingName = (key: SettingKey, t: T) => t(...settings[key].name)
export const settingUnit = (key: SettingKey, t: T) => t(...settings[key].unit)
