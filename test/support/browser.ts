import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium, { inflate } from '@sparticuz/chromium'
import { type Browser, chromium as launcher } from 'playwright-core'
import { packageRoot } from '#src/platform/config.ts'

const PACKAGE = '@sparticuz/chromium'

/**
 * The Chromium of the npm package. Beside it stand the libraries and the fonts it needs, so that a machine with nothing but Node
 * will do; root may not use Chromium's own sandbox, and the pages here are ours.
 */
export async function launchBrowser(): Promise<Browser> {
  const folder = await unpacked()
  const env: Record<string, string> = {
    ...(process.env as Record<string, string>),
    LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
  }
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_FILE = join(folder, 'fonts.conf')
  return launcher.launch({
    executablePath: join(folder, 'chromium'),
    args: ['--no-sandbox', '--no-zygote', '--in-process-gpu', '--disable-webgl', '--font-render-hinting=none'],
    env,
  })
}

/** A folder of this user's own: what another user unpacked cannot be run by this one. Filled aside, then moved there whole. */
async function unpacked(): Promise<string> {
  const { devDependencies } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8'))
  const folder = join(tmpdir(), `motcua-chromium-${devDependencies[PACKAGE]}-${process.getuid?.() ?? 'user'}`)
  if (existsSync(folder)) return folder
  const aside = await mkdtemp(join(tmpdir(), 'motcua-chromium-'))
  await unpackInto(aside)
  await writeFile(join(aside, 'fonts.conf'), fontsConf(join(folder, 'fonts')))
  // Another test file may have been first: its folder is as good.
  await rename(aside, folder).catch(() => rm(aside, { recursive: true }))
  return folder
}

/** The package unpacks wherever the system's temporary folder is said to be. */
async function unpackInto(folder: string): Promise<void> {
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    await chromium.executablePath()
    await inflate(join(packageRoot, 'node_modules', PACKAGE, 'bin', 'al2023.tar.br'))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}</dir><cachedir>${folder}-cache</cachedir></fontconfig>
`
}
