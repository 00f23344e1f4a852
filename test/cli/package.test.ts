import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { REPOSITORY } from '../support/run-cli.ts'

interface Packed {
  readonly files: readonly { readonly path: string; readonly size: number }[]
  readonly entryCount: number
  readonly unpackedSize: number
}

interface PackageJson {
  readonly bin: Readonly<Record<string, string>>
  readonly files: readonly string[]
  readonly dependencies: Readonly<Record<string, string>>
  readonly exports?: unknown
}

/** Bounds to notice growth by; raising one is a line that somebody reviews. */
const MOST_FILES = 850
const MOST_BYTES = 2_100_000
const MOST_DEPENDENCIES = 8

const packageJson = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as PackageJson

const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: REPOSITORY,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 60_000,
  }),
) as [Packed]

const paths = packed.files.map(({ path }) => path)

describe('what `npm pack` puts into the package', () => {
  test('is the command, its documents and its scenarios, and nothing else', () => {
    const wanted =
      /^(bin\/plimsoll\.js|dist\/.+\.js|scenarios\/.+|docs\/[^/]+\.(md|json)|README\.md|CHANGELOG\.md|LICENSE|package\.json)$/
    expect(paths.filter(path => !wanted.test(path))).toEqual([])
  })

  test('holds no test, no source, no source map and no types, which a command needs none of', () => {
    expect(
      paths.filter(path => /(^|\/)(test|src|bench|reports)\/|\.test\.|\.map$|\.ts$|tsbuildinfo/.test(path)),
    ).toEqual([])
  })

  test('holds everything that a user starts with', () => {
    const needed = [
      'bin/plimsoll.js',
      'dist/cli/main.js',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      'package.json',
    ]
    expect(paths).toEqual(expect.arrayContaining(needed))
    expect(paths.some(path => path.startsWith('scenarios/'))).toBe(true)
  })

  test(`is at most ${MOST_FILES} files and ${MOST_BYTES / 1e6} MB`, () => {
    expect(packed.entryCount).toBeLessThanOrEqual(MOST_FILES)
    expect(packed.unpackedSize).toBeLessThanOrEqual(MOST_BYTES)
  })
})

test(`a user installs at most ${MOST_DEPENDENCIES} packages by name`, () => {
  expect(Object.keys(packageJson.dependencies).length).toBeLessThanOrEqual(MOST_DEPENDENCIES)
})

test('every file that package.json names exists', () => {
  const named = [...Object.values(packageJson.bin), ...packageJson.files.filter(file => !file.includes('*'))]
  expect(named.filter(file => !existsSync(join(REPOSITORY, file)))).toEqual([])
})

test('the command starts with the line that makes it one', () => {
  const command = readFileSync(join(REPOSITORY, 'bin/plimsoll.js'), 'utf8')
  expect(command.split('\n')[0]).toBe('#!/usr/bin/env node')
})
