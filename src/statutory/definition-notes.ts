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

/** What the two together leave open: facts know a day's grace of the last promise only, not of the first. */
const byDayAndFirst: Words = [
  'Riêng hồ sơ được gia hạn vẫn so với giờ của hạn đầu tiên; nếu có kết quả trong ngày của hạn mới, dù sau giờ hẹn, thì tính là đúng hạn.',
  'Extended dossiers are still judged by the hour of the first promise; results of the new due day, after its hour, count as on time.',
]

/** Said under a table wherever it is counted in another way than usual, so that two tables are not compared unawares. */
export function definitionNotes(definitions: Definitions): Words[] {
  const keys = Object.keys(notes) as (keyof Definitions)[]
  const said = keys.filter(key => definitions[key] !== usualDefinitions[key])
  const both = said.includes('late') && said.includes('extension')
  return [...said.map(key => notes[key]), ...(both ? [byDayAndFirst] : [])]
}
