import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import type { CliRun } from '../support/run-cli.ts'
import { makeFolder, shortScenario } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'

let folder: WorkFolder
beforeAll(async () => {
  folder = await makeFolder()
  await folder.write('sound.yaml', shortScenario('http://127.0.0.1:9'))
})
afterAll(() => folder.remove())

const cli = (...words: string[]): Promise<CliRun> => runCli(words, { cwd: folder.path, within: 20_000 })

/** Place and code of every problem, in the order in which they are told. */
const told = ({ stderr }: CliRun): string[] =>
  stderr.split('\n').filter(line => line !== '' && !line.startsWith('  '))

describe('a word that is wrong is answered with the nearest right one', () => {
  test('an unknown flag', async () => {
    const run = await cli('run', 'sound.yaml', '--peek', '5000/s')
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(told(run)).toEqual(['--peek usage/unknown-flag'])
    expect(run.stderr).toContain('did you mean --peak?')
  })

  test('an unknown command', async () => {
    const run = await cli('valdate', 'sound.yaml')
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(told(run)).toEqual(['plimsoll usage/unknown-command'])
    expect(run.stderr).toContain('did you mean plimsoll validate?')
  })

  test('an unknown server of the lab', async () => {
    const run = await cli('lab', 'STORFRONT')
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(told(run)).toEqual(['lab lab/unknown-name'])
    expect(run.stderr).toContain('STOREFRONT')
  })

  test('one that is near to nothing is answered with where to look', async () => {
    expect((await cli('zzzzzzzz')).stderr).toContain('see plimsoll --help')
  })
})

describe('every problem is told at once', () => {
  test('of the flags and of the scenario, with their places', async () => {
    await folder.write('broken.yaml', shortScenario('http://127.0.0.1:9').replace('rate: 50/s', 'rate: 50'))
    const run = await cli('run', 'broken.yaml', '--peak', 'abc', '--workers', '0', '--colour')
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(told(run)).toEqual([
      '--colour usage/unknown-flag',
      '--workers usage/wrong-value',
      '--peak usage/wrong-value',
      expect.stringMatching(/^broken\.yaml:6:\d+ scenario\//),
    ])
    expect(run.stderr).not.toMatch(/^\s+at /m)
  })

  test.each([
    ['--peak', '5000', '--peak 5000/s'],
    ['--peak', '0/s', '--peak 5000/s'],
    ['--backends', '1.5', '--backends 4'],
    ['--headroom', '70', '--headroom 70%'],
    ['--headroom', '120%', '--headroom 70%'],
    ['--workers', '-1', '--workers 2'],
    ['--seed', '1e3', '--seed 7'],
    ['--http', '3', '--http 2'],
  ])('%s %s is answered with one that would do', async (flag, value, example) => {
    const run = await cli('run', 'sound.yaml', `${flag}=${value}`)
    expect(told(run)).toEqual([`${flag} usage/wrong-value`])
    expect(run.stderr).toContain(`write, for example, ${example}`)
  })

  test('a flag without its value, one given twice, a second operand', async () => {
    const run = await cli('run', 'sound.yaml', 'other.yaml', '--seed', '1', '--seed', '2', '--peak')
    expect(told(run)).toEqual([
      'plimsoll run usage/extra-operand',
      '--seed usage/flag-given-twice',
      '--peak usage/flag-without-value',
    ])
  })

  test('a flag without any command', async () => {
    const run = await cli('--bogus')
    expect(told(run)).toEqual(['--bogus usage/unknown-flag'])
    expect(run.stderr).toContain('no command is named')
  })

  test('a URL, and another one as --target', async () => {
    const run = await cli('run', 'http://127.0.0.1:9/', '--target', 'http://127.0.0.1:1/')
    expect(told(run)).toEqual(['--target run/two-targets'])
  })

  test('no scenario at all', async () => {
    expect(told(await cli('run'))).toEqual(['plimsoll run usage/missing-operand'])
    expect(told(await cli('validate'))).toEqual(['plimsoll validate usage/missing-operand'])
    expect(told(await cli('report'))).toEqual(['plimsoll report usage/missing-operand'])
  })
})

describe('flags of TLS', () => {
  beforeAll(async () => {
    await folder.write('tls.yaml', shortScenario('https://127.0.0.1:9'))
    await folder.write('notes.txt', 'no certificate')
  })

  test('name files that are there and are PEM, and each problem stands at its flag', async () => {
    const run = await cli('run', 'tls.yaml', '--ca', 'none.pem', '--ca', 'notes.txt', '--key', 'notes.txt')
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    const files = ['--ca', '--ca', '--key'].map(flag => `${flag} scenario/tls-file`)
    expect(told(run)).toEqual(['--key scenario/tls-pair', ...files])
    expect(run.stderr).toContain('none.pem does not exist')
    expect(run.stderr).toContain('notes.txt is no PEM file')
  })

  test('are of no use to a target without TLS', async () => {
    const run = await cli('run', 'sound.yaml', '--insecure', '--server-name', 'shop.example')
    expect(told(run)).toEqual(['--insecure scenario/tls-without-https'])
  })
})

describe('--calibrate', () => {
  test('alone needs no scenario, but what else is wrong is told all the same', async () => {
    expect(told(await cli('run', '--calibrate', '--workers', 'two'))).toEqual(['--workers usage/wrong-value'])
  })

  test('has nothing to say of a closed model', async () => {
    await folder.write('closed.yaml', 'target: http://127.0.0.1:9\nmodel: closed\nconnections: 2\n')
    const run = await cli('run', 'closed.yaml', '--calibrate')
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(told(run)).toEqual(['--calibrate run/calibrate-closed'])
  })
})

describe('flags of a search', () => {
  test('are told from a URL and from each other, all at once', async () => {
    const flags = ['--from', '20', '--to', 'fast', '--budget', '3', '--soak', '1', '--precision', '0.5%']
    const run = await cli('run', 'http://127.0.0.1:9/a b', ...flags, '--promise', 'be quick')
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(told(run)).toEqual([
      ...['from', 'to', 'budget', 'soak'].map(flag => `--${flag} usage/wrong-value`),
      '--precision scenario/not-a-share',
      'http://127.0.0.1:9/a b scenario/path',
      '--promise scenario/promise-syntax',
    ])
  })

  test('have nothing to say to a scenario with stages, nor has --promise', async () => {
    const run = await cli('run', 'sound.yaml', '--budget', '5m', '--gentle', '--promise', 'p99 < 1s')
    expect(told(run)).toEqual([
      '--promise run/promise-beside-scenario',
      '--budget scenario/stages-and-search',
    ])
    expect(run.stderr).toContain('leave out --budget')
  })
})

describe('--resume', () => {
  test('needs no scenario, and takes nothing that would make another search', async () => {
    const run = await cli('run', 'sound.yaml', '--resume', 'none.json', '--seed', '7', '--gentle')
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(told(run)).toEqual([
      'sound.yaml resume/decided',
      '--seed resume/decided',
      '--gentle resume/decided',
      'none.json report/unreadable',
    ])
  })

  test('takes a report, or a journal, and nothing else', async () => {
    expect(told(await cli('run', '--resume', 'sound.yaml'))).toEqual(['sound.yaml report/not-json'])
    expect(told(await cli('run', '--resume', '.'))).toContain('. report/unreadable')
  })
})

describe('run sends nothing', () => {
  test('to a host that is not this machine, unless the one who types names it', async () => {
    await folder.write('far.yaml', shortScenario('http://shop.example'))
    const run = await cli('run', 'far.yaml', '--allow-host', 'other.example')
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(told(run)).toEqual(['--allow-host run/host-not-allowed'])
    expect(run.stderr).toContain('third party')
    expect(run.stderr).toContain('--allow-host shop.example')
  })

  test('to the host of a URL either', async () => {
    const run = await cli('run', 'http://shop.example/', '--from', '50/s')
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(told(run)).toEqual(['--allow-host run/host-not-allowed'])
  })

  test('when its report could not be written afterwards', async () => {
    const places = ['.', 'sound.yaml', 'sound.yaml/report.json']
    for (const out of places) {
      expect(told(await cli('run', 'sound.yaml', '--out', out))).toEqual(['--out run/cannot-write'])
    }
    const run = await cli('run', 'sound.yaml', '--out', 'same', '--html', 'same')
    expect(told(run)).toEqual(['--html run/cannot-write'])
  })

  test('and leaves no file behind', async () => {
    const written = ['broken.yaml', 'closed.yaml', 'far.yaml', 'notes.txt', 'sound.yaml', 'tls.yaml']
    expect((await readdir(folder.path)).toSorted()).toEqual(written)
  })
})
