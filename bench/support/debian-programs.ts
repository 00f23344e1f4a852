import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { say } from './say.ts'

/** Where Debian puts the programs of servers; not always in PATH of a plain user. */
const FOLDERS = ['/usr/local/bin', '/usr/bin', '/usr/local/sbin', '/usr/sbin']

const INSTALL_LIMIT_MS = 5 * 60_000

/** A program and the Debian package that brings it. */
export interface DebianProgram {
  readonly name: string
  readonly package: string
}

/** Path of a program, or undefined. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...FOLDERS].filter(each => each !== '')
  return folders.map(folder => join(folder, name)).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Paths of those programs that are there. Missing ones are installed first where that is wanted and this user may;
 * each that is still missing is told of, and how to get it.
 */
export function gatherPrograms(
  wanted: readonly DebianProgram[],
  mayInstall: boolean,
): ReadonlyMap<string, string> {
  const missing = wanted.filter(({ name }) => findProgram(name) === undefined)
  const packages = [...new Set(missing.map(each => each.package))]
  if (packages.length > 0 && mayInstall && process.getuid?.() === 0) install(packages)
  const found = new Map<string, string>()
  for (const { name, package: debianPackage } of wanted) {
    const path = findProgram(name)
    if (path === undefined)
      say(`MISSING: ${name}, skipped; install it with: apt-get install ${debianPackage}`)
    else found.set(name, path)
  }
  return found
}

function install(packages: readonly string[]): void {
  say(`installing ${packages.join(', ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { env, stdio: 'ignore', timeout: INSTALL_LIMIT_MS } as const
  try {
    execFileSync('apt-get', ['update', '-qq'], options)
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
  } catch (error) {
    say(`could not install: ${(error as Error).message}`)
  }
}

/** `wrk 4.1.0`, or the name alone where the program is not Debian's; the upstream part of the package's version. */
export function nameWithVersion({ name, package: debianPackage }: DebianProgram): string {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Version}', debianPackage], { encoding: 'utf8' })
  const version = /^(?:\d+:)?(\d[\d.]*)/.exec(stdout ?? '')?.[1]
  return version === undefined ? name : `${name} ${version}`
}
