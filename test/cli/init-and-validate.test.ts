import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import type { CliRun } from '../support/run-cli.ts'
import { makeFolder } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'

let folder: WorkFolder
beforeAll(async () => {
  folder = await makeFolder()
})
afterAll(() => folder.remove())

const cli = (...words: string[]): Promise<CliRun> => runCli(words, { cwd: folder.path, within: 20_000 })
const read = (name: string): Promise<string> => readFile(join(folder.path, name), 'utf8')

describe('plimsoll init', () => {
  test('writes scenario.yaml, which plimsoll validate finds sound', async () => {
    const made = await cli('init')
    expect(made).toMatchObject({ exitCode: 0, stderr: '' })
    expect(made.stdout).toContain('wrote scenario.yaml')
    const checked = await cli('validate', 'scenario.yaml')
    expect(checked).toMatchObject({ exitCode: 0, stderr: '' })
    expect(checked.stdout).toContain('http://127.0.0.1:8080')
  })

  test('refuses to write over a file, unless told to', async () => {
    await folder.write('mine.yaml', 'precious')
    const refused = await cli('init', 'mine.yaml')
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(refused.stderr).toContain('init/file-exists')
    expect(await read('mine.yaml')).toBe('precious')
    expect(await cli('init', 'mine.yaml', '--force')).toMatchObject({ exitCode: 0 })
    expect(await read('mine.yaml')).toContain('stages:')
  })

  test('does not take a folder for a file, however it is told to', async () => {
    const refused = await cli('init', '.', '--force')
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(refused.stderr).toContain('. is a folder')
  })

  test('puts the target into the file', async () => {
    await cli('init', 'shop.yaml', '--target', 'http://127.0.0.1:3000/shop')
    const checked = await cli('validate', 'shop.yaml')
    expect(checked).toMatchObject({ exitCode: 0 })
    expect(checked.stdout).toContain('http://127.0.0.1:3000/shop')
  })

  test('refuses a target that a scenario could not have', async () => {
    const refused = await cli('init', 'ftp.yaml', '--target', 'ftp://127.0.0.1')
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(refused.stderr).toMatch(/^--target scenario\//)
    await expect(read('ftp.yaml')).rejects.toThrow('ENOENT')
  })
})

describe('plimsoll validate', () => {
  test('names a report or a program that is given in place of a scenario', async () => {
    await folder.write('a.json', '{\n "schema":"plimsoll/report@1", "run":{}, "result":{}}')
    await folder.write('a.bin', 'name: x\u0000\u0000')
    const { exitCode, stderr } = await cli('validate', 'a.json', 'a.bin')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('a.json:1:1 scenario/not-a-scenario\n')
    expect(stderr).toContain('a.bin:1:1 scenario/not-text\n')
  })

  test('tells the problems of all files and describes those that are sound', async () => {
    await cli('init', 'good.yaml')
    await folder.write('bad.yaml', 'target: http://127.0.0.1:1\nstages:\n  - { rate: 200, for: 5s }\n')
    const run = await cli('validate', 'bad.yaml', 'good.yaml', 'missing.yaml')
    expect(run.exitCode).toBe(2)
    expect(run.stdout).toContain('good.yaml')
    expect(run.stderr).toMatch(/^bad\.yaml:3:\d+ scenario\//m)
    expect(run.stderr).toContain('missing.yaml scenario/unreadable')
  })

  test('shows what --set and --target would change', async () => {
    await cli('init', 'base.yaml')
    const run = await cli(
      'validate',
      'base.yaml',
      '--set',
      'stages.1.to=900/s',
      '--target',
      'http://[::1]:81',
    )
    expect(run).toMatchObject({ exitCode: 0 })
    expect(run.stdout).toContain('to 900/s')
    expect(run.stdout).toContain('http://[::1]:81')
  })

  test('describes a closed ladder and how requests travel', async () => {
    await folder.write('closed.yaml', 'target: http://127.0.0.1:1\nmodel: closed\nconnections: 1..4\n')
    const closed = await cli('validate', 'closed.yaml')
    expect(closed).toMatchObject({ exitCode: 0, stderr: '' })
    expect(closed.stdout).toContain('model     closed')
    // 1, 2 and 4 connections, 5 s each.
    expect(closed.stdout).toMatch(/takes {5}15 s\n[^]*3 stages\n {2}1 connection +5 s\n/)
    const set = ['--set', 'model=open', '--set', 'http=2']
    await folder.write('two.yaml', 'target: http://127.0.0.1:1\nstages: [{ rate: 1/s, for: 1s }]\n')
    const two = await cli('validate', 'two.yaml', ...set)
    expect(two.stdout).toContain('over      HTTP/2, up to 100 streams on one connection')
  })

  test('looks for the files that TLS needs beside the scenario', async () => {
    const text = 'target: https://127.0.0.1:1\ntls: { ca: none.pem }\nstages: [{ rate: 1/s, for: 1s }]\n'
    await folder.write('tls.yaml', text)
    const run = await runCli(['validate', join(folder.path, 'tls.yaml')])
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toContain(`${join(folder.path, 'tls.yaml')}:2:12 scenario/tls-file`)
    expect(run.stderr).toContain(`${join(folder.path, 'none.pem')} does not exist`)
  })
})
