/**
 * The columns of a file of past dossiers. `example`: two dossiers, one granted in time, one extended, refused late after a pause. Instants are
 * local: `YYYY-MM-DD HH:MM` or `DD/MM/YYYY HH:MM`, or the day alone.
 */
export const columns = [
  {
    name: 'source_number',
    must: true,
    says: 'its number in the other system; unique there',
    example: ['4711', '4712'],
  },
  {
    name: 'code',
    says: 'its code; kept if of the national shape AGENCY-yyMMdd-NUMBER, else a new one is given',
    example: ['H20.101-190304-0001', ''],
  },
  { name: 'agency', must: true, says: 'code of the agency that resolved it', example: ['H20.101', 'H20.101'] },
  { name: 'receiving_agency', says: 'code of the agency that received it; if empty the same', example: ['', ''] },
  { name: 'procedure', must: true, says: 'national code of the procedure', example: ['1.001193', '1.001193'] },
  { name: 'channel', must: true, says: 'counter, online, post, home or phone', example: ['counter', 'online'] },
  { name: 'applicant_name', must: true, says: 'may be masked', example: ['Nguyễn Văn A', 'Công ty B'] },
  { name: 'applicant_kind', says: 'citizen (if empty), business or organisation', example: ['', 'business'] },
  { name: 'applicant_id', says: 'ID number or tax code', example: ['000190000001', ''] },
  { name: 'applicant_phone', says: 'phone number', example: ['', ''] },
  { name: 'applicant_address', says: 'address', example: ['', ''] },
  {
    name: 'received_at',
    must: true,
    says: 'received; a day alone is 08:00',
    example: ['2019-03-04 08:15', '2019-03-04'],
  },
  {
    name: 'due_at',
    says: 'due, as promised last; a day alone is closing time; empty: no time limit',
    example: ['2019-03-06 17:00', '2019-03-15'],
  },
  { name: 'due_before_extension', says: 'due before it was extended', example: ['', '2019-03-11'] },
  { name: 'extended_at', says: 'extended; a day alone is 16:00', example: ['', '2019-03-08'] },
  {
    name: 'pauses',
    says: 'supplement or obligation, from..to, more than one parted by ;',
    example: ['', 'supplement 2019-03-05 09:00..2019-03-07 14:00'],
  },
  { name: 'outcome', says: 'granted (if empty), refused, withdrawn or stopped', example: ['', 'refused'] },
  {
    name: 'ready_at',
    says: 'result ready, if granted or refused; a day alone is 16:00',
    example: ['2019-03-05', '2019-03-18 09:30'],
  },
  { name: 'ended_at', says: 'ended, if withdrawn or stopped; a day alone is 16:00', example: ['', ''] },
  { name: 'result_number', says: 'number of the result', example: ['12/GKS', ''] },
  {
    name: 'handed_over_at',
    says: 'result handed over; a day alone is 16:00; if empty when it was ready',
    example: ['2019-03-06 08:00', ''],
  },
  { name: 'handed_over_how', says: 'counter (if empty), post or electronic', example: ['', 'electronic'] },
  { name: 'sets', says: 'sets of papers; 1 if empty', example: ['', ''] },
  { name: 'fee', says: 'fee paid, in whole đồng', example: ['', '50000'] },
  { name: 'fee_method', says: 'cash, transfer or card, if a fee was paid', example: ['', 'transfer'] },
  { name: 'note', says: 'anything else, such as why it was withdrawn or stopped', example: ['', ''] },
] as const satisfies readonly Column[]

type Column = { name: string; must?: true; says: string; example: readonly [string, string] }
export type ColumnName = (typeof columns)[number]['name']

/** Text of a row by column; columns left out or empty are not there. */
export type Cells = Partial<Record<ColumnName, string>>

const listed: readonly Column[] = columns

export const columnNames: readonly ColumnName[] = columns.map(({ name }) => name)
export const neededColumns = listed.filter(({ must }) => must).map(({ name }) => name)

/** The columns as `--help` lists them. */
export function columnsHelp(): string {
  return listed.map(({ name, must, says }) => `  ${`${name}${must ? ' *' : ''}`.padEnd(23)}${says}`).join('\n')
}

/** Header and example rows of a file to be filled in. */
export function templateRows(): string[][] {
  return [listed.map(({ name }) => name), ...([0, 1] as const).map(i => listed.map(({ example }) => example[i]))]
}
