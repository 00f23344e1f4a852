import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { REPOSITORY } from './run-cli.ts'

interface PackageJson {
  readonly version: string
  readonly bin: unknown
  readonly dependencies: Readonly<Record<string, string>>
}

const npm = (words: readonly string[], cwd: string): string =>
  execFileSync('npm', words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 120_000 })

/**
 * Packs the built command, as `npm pack` does, with all that it depends on inside: npm then installs it without asking
 * any registry. Gives the tarball's path.
 */
export function packPlimsoll(into: string): string {
  mkdirSync(into, { recursive: true })
  const read = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as PackageJson
  const { version, bin, dependencies } = read
  const bundleDependencies = Object.keys(dependencies)
  const text = { name: 'plimsoll', version, type: 'module', bin, dependencies, bundleDependencies }
  writeFileSync(join(into, 'package.json'), JSON.stringify(text))
  const [, ...installed] = npm(['ls', '--omit=dev', '--all', '--parseable'], REPOSITORY).trim().split('\n')
  const folders = [...installed.map(path => relative(REPOSITORY, path)), 'bin', 'dist']
  for (const folder of folders) cpSync(join(REPOSITORY, folder), join(into, folder), { recursive: true })
  return join(into, npm(['pack', '--silent', '--ignore-scripts'], into).trim())
}
