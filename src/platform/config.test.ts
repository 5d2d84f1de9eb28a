import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const at = new Date('2026-11-24T01:00:00Z')

test('without any setting it serves on 8080 from ./data with the embedded database', () => {
  expect(readConfig({}, at)).toEqual({
    port: 8080,
    dataDir: resolve('data'),
    databaseUrl: undefined,
    blobUrl: undefined,
    sessionSecret: undefined,
    training: null,
    demo: true,
    publicUrl: 'http://localhost:8080',
  })
})

test('the demo is loaded on the embedded database unless it is not wanted, on another one only when asked for', () => {
  const DATABASE_URL = 'postgres://db/motcua'
  expect(readConfig({ DEMO: 'off' }, at).demo).toBe(false)
  expect(readConfig({ DATABASE_URL }, at).demo).toBe(false)
  expect(readConfig({ DATABASE_URL, DEMO: 'on' }, at).demo).toBe(true)
})

test('practice has a data folder of its own and starts at the instant it was given', () => {
  const config = readConfig({ CLOCK: '2026-03-02T08:00+07:00', CLOCK_SPEED: '60', DATA_DIR: '/srv/motcua' }, at)
  expect(config.dataDir).toBe('/srv/motcua/training')
  expect(config.training).toEqual({ simStart: new Date('2026-03-02T01:00:00Z'), realStart: at, speed: 60 })
})

describe('says in a sentence what is wrong with', () => {
  test.each([
    ['a port that is no number', { PORT: 'http' }, 'PORT must be a number from 0 to 65535, not "http".'],
    ['a port too high', { PORT: '70000' }, 'PORT must be'],
    ['a clock without its offset', { CLOCK: '2026-03-02T08:00' }, 'CLOCK must be an instant with its offset'],
    ['a clock that is no date', { CLOCK: 'tomorrow' }, 'CLOCK must be an instant'],
    ['a speed without a clock', { CLOCK_SPEED: '60' }, 'CLOCK_SPEED needs CLOCK'],
    [
      'a speed of nothing',
      { CLOCK: '2026-03-02T08:00+07:00', CLOCK_SPEED: '-1' },
      'CLOCK_SPEED must be a number above 0',
    ],
    ['a switch that is neither on nor off', { DEMO: 'maybe' }, 'DEMO must be "on" or "off", not "maybe".'],
    [
      'practice on a database of the operator’s',
      { CLOCK: '2026-03-02T08:00+07:00', DATABASE_URL: 'postgres://db/motcua' },
      'CLOCK is for training on the embedded database only',
    ],
  ])('%s', (_, env, sentence) => {
    expect(() => readConfig(env, at)).toThrow(ConfigError)
    expect(() => readConfig(env, at)).toThrow(sentence)
  })
})
