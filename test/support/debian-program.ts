import { execFileSync } from 'node:child_process'
import { accessSync, constants, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Where Debian puts the programs of servers; not always in PATH of a plain user. */
const FOLDERS = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin']

const INSTALL_LIMIT_MS = 10 * 60_000

function find(name: RegExp): string | undefined {
  for (const folder of FOLDERS) {
    try {
      const found = readdirSync(folder).filter(file => name.test(file))
      const path = found.length > 0 ? join(folder, found.sort().at(-1)!) : undefined
      if (path !== undefined) {
        accessSync(path, constants.X_OK)
        return path
      }
    } catch {
      // no such folder, or nothing in it that may be run
    }
  }
  return undefined
}

/**
 * Path of a program; where it is missing and this user may, Debian's package is installed first.
 * Undefined when it can be neither found nor installed. In CI that is an error: a test that must run would
 * otherwise pass by being absent.
 */
export function debianProgram(name: RegExp, debianPackage: string): string | undefined {
  const found = find(name)
  if (found !== undefined) return found
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { env, stdio: 'ignore', timeout: INSTALL_LIMIT_MS } as const
  if (process.getuid?.() === 0) {
    try {
      execFileSync('apt-get', ['update', '-qq'], options)
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', debianPackage], options)
    } catch (error) {
      process.stderr.write(`could not install ${debianPackage}: ${String(error)}\n`)
    }
  }
  const installed = find(name)
  if (installed === undefined && process.env['CI'] !== undefined) {
    throw new Error(`the Debian package ${debianPackage} is needed here and could not be installed`)
  }
  return installed
}
