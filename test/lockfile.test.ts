import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '#src/platform/config.ts'

type Entry = { version?: string; dependencies?: Names; devDependencies?: Names; optionalDependencies?: Names }
type Names = Record<string, string>

const readJson = async (name: string) => JSON.parse(await readFile(join(packageRoot, name), 'utf8'))

test('the lockfile names the binaries of every platform, without which a clean install refuses', async () => {
  const { packages } = (await readJson('package-lock.json')) as { packages: Record<string, Entry> }
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      name => !packages[`${path}/node_modules/${name}`]?.version && !packages[`node_modules/${name}`]?.version,
    ),
  )
  expect(missing).toEqual([])
})

test('every dependency is pinned exactly', async () => {
  const { dependencies = {}, devDependencies = {} } = (await readJson('package.json')) as Entry
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, range]) => !/^\d+\.\d+\.\d+/u.test(range),
  )
  expect(loose).toEqual([])
})
