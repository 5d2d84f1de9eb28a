import { type Definitions, usualDefinitions } from '#src/periods/definition.ts'
import type { Words } from '#src/reports/report.ts'

/** What a choice other than the usual one does to the columns, by definition. */
const notes: { [K in keyof Definitions]: Words } = {
  withdrawn: [
    'Hồ sơ rút, dừng giải quyết khi đã quá hạn được tính vào quá hạn.',
    'Dossiers withdrawn or stopped when overdue count as late.',
  ],
  paused: [
    'Hồ sơ đang tạm dừng mà trước đó đã quá hạn được tính vào quá hạn.',
    'Dossiers paused when already overdue count as overdue.',
  ],
  late: [
    'Kết quả có trong ngày hẹn trả, dù sau giờ hẹn, được tính là đúng hạn; hồ sơ đang giải quyết vẫn tính theo giờ hẹn.',
    'Results of the due day count as on time, even after the hour; dossiers being solved are still judged by the hour.',
  ],
  extension: ['Hồ sơ được gia hạn tính theo hạn trả đầu tiên.', 'Extended dossiers are judged by the first promise.'],
  noTerm: [
    'Hồ sơ của thủ tục không quy định thời hạn được tính là trước hạn.',
    'Dossiers of procedures without a term count as early.',
  ],
}

/** Facts know how one choice moves a dossier; where two meet in one dossier these say which of them it goes by. */
const meetings: readonly { one: readonly (keyof Definitions)[]; other: readonly (keyof Definitions)[]; note: Words }[] =
  [
    {
      one: ['late'],
      other: ['extension'],
      note: [
        'Riêng hồ sơ được gia hạn vẫn so với giờ của hạn đầu tiên; nếu có kết quả trong ngày của hạn mới, dù sau giờ hẹn, thì tính là đúng hạn.',
        'Extended dossiers are still judged by the hour of the first promise; results of the new due day, after its hour, count as on time.',
      ],
    },
    {
      one: ['withdrawn', 'paused'],
      other: ['late', 'extension'],
      note: [
        'Hồ sơ rút, dừng giải quyết hoặc tạm dừng luôn so với giờ của hạn trả sau cùng.',
        'Dossiers withdrawn, stopped or paused are always judged by the hour of their last promise.',
      ],
    },
  ]

/** Said under a table wherever it is counted in another way than usual, so that two tables are not compared unawares. */
export function definitionNotes(definitions: Definitions): Words[] {
  const isOther = (key: keyof Definitions) => definitions[key] !== usualDefinitions[key]
  const keys = (Object.keys(notes) as (keyof Definitions)[]).filter(isOther)
  const met = meetings.filter(({ one, other }) => one.some(isOther) && other.some(isOther))
  return [...keys.map(key => notes[key]), ...met.map(({ note }) => note)]
}
