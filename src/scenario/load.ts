import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Plan } from '../plan/plan.ts'
import type { Checked, Problem } from '../units/problem.ts'
import { editDistance } from '../units/nearest.ts'
import type { ScenarioOverrides } from './overrides.ts'
import type { PemFile } from './pem-file.ts'
import { checked, readTree, readWithFiles } from './read-scenario.ts'
import type { Reading } from './read-scenario.ts'
import { urlScenario } from './url-scenario.ts'

export interface LoadedScenario {
  readonly plan: Plan
  /** Null where there was none: a URL is searched without a file. */
  readonly text: string | null
  /** SHA-256 of the text, or of the URL, in hexadecimal. */
  readonly digest: string
}

const MOST_SUGGESTIONS = 3

/** Reads a scenario file, and the certificates and keys that it names. What cannot be read is a problem like any other. */
export async function loadScenario(
  path: string,
  overrides: ScenarioOverrides,
): Promise<Checked<LoadedScenario>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    return { ok: false, problems: [await describeUnreadable(path, error)] }
  }
  return loaded(readWithFiles(text, path, overrides), text, text)
}

/** What a bare URL stands for: a search for the capacity of one GET of it. */
export async function loadUrl(url: string, overrides: ScenarioOverrides): Promise<Checked<LoadedScenario>> {
  return loaded(readTree(urlScenario(url), overrides), null, url)
}

async function loaded(
  { plan, problems, files }: Reading,
  text: string | null,
  digested: string,
): Promise<Checked<LoadedScenario>> {
  const read = checked({ plan, problems: [...problems, ...(await problemsOfFiles(files))] })
  if (!read.ok) return read
  const digest = createHash('sha256').update(digested).digest('hex')
  return { ok: true, value: { plan: read.value, text, digest } }
}

async function describeUnreadable(path: string, error: unknown): Promise<Problem> {
  const code = codeOf(error)
  const near = await scenariosIn(code === 'EISDIR' ? path : dirname(path), basename(path))
  const message = isMissing(code) ? 'there is no such file' : `the file cannot be read (${code})`
  const fix = isAddress(path)
    ? `write http://${path} to search for the capacity of that address`
    : near.length > 0
      ? `did you mean ${near.join(' or ')}?`
      : 'write a starter file with: plimsoll init'
  return { code: 'scenario/unreadable', message, fix, at: { file: path } }
}

/** YAML files of the folder, the nearest names first. */
async function scenariosIn(folder: string, name: string): Promise<readonly string[]> {
  const files = await readdir(folder).catch((): string[] => [])
  return files
    .filter(file => /\.ya?ml$/i.test(file))
    .map(file => ({ file, distance: editDistance(file, name.slice(0, 100)) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ file }) => join(folder, file))
}

/** What TLS would refuse in the middle of a run: files that are missing or no PEM, a key of another certificate. */
async function problemsOfFiles(files: readonly PemFile[]): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  let certificate: X509Certificate | undefined
  for (const file of files) {
    const opened = await openPem(file)
    if ('code' in opened) problems.push(opened)
    else if (opened instanceof X509Certificate) certificate = opened
    else if (certificate?.checkPrivateKey(opened) === false)
      problems.push(
        fault(file, 'is not the key of the certificate', 'name the two files that belong together'),
      )
  }
  return problems
}

async function openPem(file: PemFile): Promise<X509Certificate | KeyObject | Problem> {
  const { holds, path } = file
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const code = codeOf(error)
    const why = isMissing(code) ? 'does not exist' : `cannot be read (${code})`
    const from = file.at.line === undefined ? 'the working folder' : "the scenario file's folder"
    return fault(file, why, `write the path of a PEM file, absolute or from ${from}`)
  }
  const [what, label] = holds === 'key' ? ['private key', 'PRIVATE KEY'] : ['certificate', 'CERTIFICATE']
  if (!new RegExp(`-----BEGIN [A-Z0-9 ]*${label}-----`).test(text)) {
    const why = text.includes('-----BEGIN')
      ? `is PEM without a ${what}`
      : `is no PEM file (no -----BEGIN ${label}-----)`
    const convert = holds === 'key' ? 'pkey' : 'x509'
    return fault(file, why, `name another, or convert it: openssl ${convert} -inform der -in ${path}`)
  }
  if (holds === 'key' && text.includes('ENCRYPTED'))
    return fault(
      file,
      'is locked by a passphrase',
      `write a copy without one: openssl pkey -in ${path} -out FILE`,
    )
  try {
    return holds === 'key' ? createPrivateKey(text) : new X509Certificate(text)
  } catch (error) {
    return fault(file, `holds no usable ${what} (${codeOf(error)})`, 'name the file as it was issued')
  }
}

const fault = ({ path, at }: PemFile, why: string, fix: string): Problem => ({
  code: 'scenario/tls-file',
  message: `${path} ${why}`,
  fix,
  at,
})

/** `127.0.0.1:8080`, `localhost:3000/shop`. */
const isAddress = (path: string): boolean => /^[\w.-]+:\d{1,5}(?:\/|$)/.test(path)

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'

const isMissing = (code: string): boolean => code === 'ENOENT' || code === 'ENOTDIR'
