import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT, sourceFiles } from './source-files.ts'

/** Names that invite everything and say nothing; also as the last word of a longer name. */
const FORBIDDEN =
  /(^|-)(utils?|helpers?|common|misc|managers?|handlers?|services?|types|constants)$|^(base|index)$/
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*$/

const linesOf = (text: string): number => text.trimEnd().split('\n').length

test.each(sourceFiles)('$path has at most 300 lines', ({ text }) => {
  expect(linesOf(text)).toBeLessThanOrEqual(300)
})

test('the median source file has at most 100 lines', () => {
  const lengths = sourceFiles.map(({ text }) => linesOf(text)).sort((a, b) => a - b)
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(100)
})

test('files and folders are named in kebab-case after what they hold', () => {
  const names = sourceFiles.flatMap(({ path }) => path.replace(/\.ts$/, '').split('/'))
  expect(names.filter(name => !KEBAB_CASE.test(name))).toEqual([])
  expect(names.filter(name => FORBIDDEN.test(name))).toEqual([])
})

test('no source file has a default export', () => {
  const offending = sourceFiles.filter(({ text }) => /^export default\b|\bas default\b/m.test(text))
  expect(offending.map(({ path }) => path)).toEqual([])
})

/** Tracked files and those about to be; what Git ignores is nobody's business. */
const inRepository = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: ROOT })
  .toString()
  .split('\0')
  .filter(path => path !== '' && !/\.(png|gz|ico|woff2)$/.test(path))
  .flatMap(path => {
    try {
      return [{ path, text: readFileSync(join(ROOT, path), 'utf8') }]
    } catch {
      return [] // deleted in the working tree, still in the index
    }
  })

test('no file names a folder of somebody’s machine', () => {
  const machinePath = /(?:^|[\s"'`=(:])(?:\/(?:work|root|home\/\w+|Users\/\w+)\/\w|[A-Z]:\\\w)/m
  expect(inRepository.filter(({ text }) => machinePath.test(text)).map(({ path }) => path)).toEqual([])
})

test('no file names the host of a package registry', () => {
  const registry = /https?:\/\/[^/\s"'`]*\b(?:registry|mirror|artifactory|nexus)\b/i
  expect(inRepository.filter(({ text }) => registry.test(text)).map(({ path }) => path)).toEqual([])
})

test('the lock file says what to install, not from where', () => {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { resolved?: string }>
  }
  expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
})
