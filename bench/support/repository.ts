import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of package.json: the same whether a bench runs as written or compiled. */
export const ROOT: string = nearestPackage(dirname(fileURLToPath(import.meta.url)))

export const PLIMSOLL: string = join(ROOT, 'bin', 'plimsoll.js')

const require = createRequire(join(ROOT, 'package.json'))

export const AUTOCANNON: string = require.resolve('autocannon')

export function autocannonVersion(): string {
  const file = join(dirname(AUTOCANNON), 'package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

function nearestPackage(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const above = dirname(folder)
  if (above === folder) throw new Error('no package.json above this file')
  return nearestPackage(above)
}
