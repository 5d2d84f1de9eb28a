// Builds dist/: the processes as one file each, the islands, the styles and the fonts they name. Under a second.
import { copyFile, glob, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import * as esbuild from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const assets = join(dist, 'assets')

/** Options of both builds, for one run or for watching. */
export async function buildOptions() {
  const server = {
    absWorkingDir: root,
    entryPoints: ['src/web.ts', 'src/worker.ts', 'src/cli.ts', 'src/start.ts'],
    outdir: dist,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node24',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  }
  const islands = await Array.fromAsync(glob('src/islands/*.{ts,tsx}', { cwd: root, exclude: isTest }))
  const browser = {
    absWorkingDir: root,
    entryPoints: ['src/ui/app.css', 'src/ui/print.css', ...islands],
    outdir: assets,
    entryNames: '[name]',
    bundle: true,
    minify: true,
    platform: 'browser',
    target: ['es2022', 'chrome109', 'firefox115', 'safari16'],
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    external: ['/assets/*'],
    logLevel: 'warning',
  }
  return { server, browser }
}

const isTest = name => /\.test\.tsx?$/u.test(name)

/** Copies what the pages and styles name besides scripts and styles. */
export async function copyAssets() {
  await mkdir(join(assets, 'fonts'), { recursive: true })
  await copyFile(join(root, 'src/ui/mark.svg'), join(assets, 'mark.svg'))
  const css = await Promise.all(['app.css', 'print.css'].map(name => readFile(join(root, 'src/ui', name), 'utf8')))
  const fonts = new Set(css.join('\n').match(/(?<=\/assets\/fonts\/)[\w.-]+/gu))
  await Promise.all([...fonts].map(async name => copyFile(await findFont(name), join(assets, 'fonts', name))))
}

async function findFont(name) {
  const [found] = await Array.fromAsync(glob(`node_modules/@fontsource/*/files/${name}`, { cwd: root }))
  if (!found) throw new Error(`No @fontsource package has ${name}, which src/ui/*.css names.`)
  return join(root, found)
}

/** Beside each text file its compressed forms, which the server sends to those who take them. */
export async function compressAssets() {
  const files = await Array.fromAsync(glob('*.{css,js,svg}', { cwd: assets }))
  for (const file of files) {
    const bytes = await readFile(join(assets, file))
    await writeFile(join(assets, `${file}.br`), brotliCompressSync(bytes))
    await writeFile(join(assets, `${file}.gz`), gzipSync(bytes, { level: 9 }))
  }
}

/** Builds everything. What is wrong esbuild has said already when this is false. */
export async function build() {
  const { server, browser } = await buildOptions()
  try {
    await Promise.all([esbuild.build(server), esbuild.build(browser), copyAssets()])
    await compressAssets()
    return true
  } catch (error) {
    if (!error.errors) console.error(error)
    return false
  } finally {
    await esbuild.stop()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href && !(await build())) process.exit(1)
