import { createDb } from '#src/platform/db.ts'

const accounts = [
  ['intake', 'receives dossiers at the one-stop desk of Thanh Bình'],
  ['specialist', 'appraises them there'],
  ['leader', 'assigns and signs there'],
  ['clerk', 'numbers and stamps results there'],
  ['cashier', 'collects fees'],
  ['postal', 'receives at a post office'],
  ['home', 'receives at people’s homes'],
  ['director', 'directs the provincial centre'],
  ['control', 'looks after the procedures'],
  ['reform', 'measures administrative reform'],
  ['citizen', 'follows their own dossiers'],
  ['admin', 'looks after accounts and settings'],
] as const

/** What `npm start` says last: the address and, where the demo was loaded, its accounts and what to try. */
export async function welcome(databaseUrl: string, address: string): Promise<string> {
  const db = createDb(databaseUrl, { max: 1 })
  try {
    const installation = await db.selectFrom('installation').select('demo_loaded_at').executeTakeFirst()
    const lines = [`Một Cửa is ready at ${address}`]
    if (installation?.demo_loaded_at) lines.push('', ...demoLines(address))
    return ['', ...lines, '', 'Ctrl-C stops everything; the data is kept.', ''].join('\n')
  } finally {
    await db.destroy()
  }
}

function demoLines(address: string): string[] {
  return [
    'Demo accounts, all with the password motcua-demo:',
    ...accounts.map(([username, does]) => `  ${username.padEnd(12)}${does}`),
    'Other agencies, asked or handed to along the way: congan.specialist (police), xaydung.specialist (construction),',
    '  nnmt.specialist (land), thue.specialist (tax), bhxh.specialist1 (social insurance); .leader for their leaders.',
    '',
    'What to try:',
    `  Sign in as intake at ${address}/dang-nhap, receive a dossier of birth registration (1.001193), print its slip.`,
    '  Carry it on as leader, specialist and clerk, hand it over as intake; open “Vì sao?” beside the deadline.',
    '  As control open “Quy trình”, change a process and submit it; as director approve it.',
    '  As leader give work out in “Phân công”; as director see what is late in “Cảnh báo tiến độ”.',
    '  As director follow a number of “Điều hành” to its dossiers; in “Báo cáo” take form II.06a away and seal it.',
    `  As a citizen, without an account: scan the slip’s code, or look a dossier up from ${address}/`,
  ]
}
