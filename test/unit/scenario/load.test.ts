import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadScenario } from '../../../src/scenario/load.ts'
import { formatProblem } from '../../../src/units/problem.ts'
import { placed, STAGES } from './reading.ts'

let folder = ''
const text = `target: http://shop.test\n${STAGES}\n`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-scenario-'))
  writeFileSync(join(folder, 'launch.yaml'), text)
  writeFileSync(join(folder, 'broken.yml'), 'target: shop\n')
  writeFileSync(join(folder, 'notes.txt'), 'none')
})
afterAll(() => rmSync(folder, { recursive: true }))

test('a file gives its plan, its text and the SHA-256 of the text', async () => {
  const loaded = await loadScenario(join(folder, 'launch.yaml'), { seed: 4 })
  const digest = createHash('sha256').update(text).digest('hex')
  expect(loaded).toMatchObject({ ok: true, value: { text, digest, plan: { name: 'launch', seed: 4 } } })
})

test('problems name the file as it was given', async () => {
  const path = join(folder, 'broken.yml')
  const loaded = await loadScenario(path, {})
  expect(loaded.ok ? [] : loaded.problems.map(placed)).toEqual([
    `${path}:1:1 scenario/stages-missing`,
    `${path}:1:9 scenario/target-scheme`,
  ])
})

test('a missing file is a problem that names the scenarios beside it, the nearest first', async () => {
  const path = join(folder, 'lanch.yaml')
  expect(await loadScenario(path, {})).toEqual({
    ok: false,
    problems: [
      {
        code: 'scenario/unreadable',
        message: 'there is no such file',
        fix: `did you mean ${join(folder, 'launch.yaml')} or ${join(folder, 'broken.yml')}?`,
        at: { file: path },
      },
    ],
  })
})

test('a folder that is not there, or is none, is a problem too', async () => {
  const nowhere = await loadScenario(join(folder, 'nowhere', 'a.yaml'), {})
  expect(nowhere.ok ? '' : nowhere.problems[0]!.fix).toBe('write a starter file with: plimsoll init')
  const notAFolder = await loadScenario(join(folder, 'notes.txt', 'a.yaml'), {})
  expect(notAFolder.ok ? '' : notAFolder.problems[0]!.message).toBe('there is no such file')
})

test('a folder in place of a file names the scenarios inside', async () => {
  const loaded = await loadScenario(folder, {})
  expect(loaded.ok ? '' : loaded.problems[0]!.fix).toContain(join(folder, 'launch.yaml'))
})

describe('the PEM files that a scenario names', () => {
  const newKey = (passphrase?: string): string =>
    generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: {
        type: 'pkcs8',
        format: 'pem',
        ...(passphrase !== undefined && { passphrase, cipher: 'aes-256-cbc' }),
      },
    }).privateKey

  beforeAll(() => {
    writeFileSync(join(folder, 'own.pem'), CERTIFICATE)
    writeFileSync(join(folder, 'own.key'), KEY)
    writeFileSync(join(folder, 'other.key'), newKey())
    writeFileSync(join(folder, 'locked.key'), newKey('secret'))
    writeFileSync(join(folder, 'damaged.pem'), CERTIFICATE.replace('MII', 'AAA'))
  })

  /** Each problem of a scenario with these lines in tls, as one line. */
  const problemsWith = async (tls: string, flags = {}): Promise<readonly string[]> => {
    const path = join(folder, 'tls.yaml')
    writeFileSync(path, `target: https://shop.test\n${STAGES}\ntls:\n  ${tls}\n`)
    const loaded = await loadScenario(path, flags)
    const problems = loaded.ok ? [] : loaded.problems
    return problems.map(each => formatProblem(each).replaceAll(`${folder}/`, '').replaceAll(/\n +/g, ' | '))
  }

  test('are found beside the scenario, and stay where they are', async () => {
    expect(await problemsWith('{ ca: [own.pem], cert: own.pem, key: own.key }')).toEqual([])
    const loaded = await loadScenario(join(folder, 'tls.yaml'), {})
    expect(loaded.ok && JSON.stringify(loaded.value.plan)).not.toContain('BEGIN')
    expect(loaded.ok && loaded.value.plan.transport?.tls.ca).toEqual([join(folder, 'own.pem')])
  })

  test('are problems at their line when they are missing or not what they should be', async () => {
    const at = 'tls.yaml:4:9 scenario/tls-file'
    const missing = `${at} | none.pem does not exist | fix: write the path of a PEM file, absolute or from the scenario file's folder`
    expect(await problemsWith('ca: none.pem')).toEqual([missing.replace('4:9', '4:7')])
    expect(await problemsWith('ca: [notes.txt, own.key, damaged.pem, .]')).toEqual([
      expect.stringContaining('notes.txt is no PEM file (no -----BEGIN CERTIFICATE-----)'),
      expect.stringContaining('own.key is PEM without a certificate'),
      expect.stringContaining('damaged.pem holds no usable certificate'),
      expect.stringContaining('cannot be read (EISDIR)'),
    ])
  })

  test('a key belongs to its certificate and is not locked', async () => {
    expect(await problemsWith('{ cert: own.pem, key: other.key }')).toEqual([
      expect.stringContaining('other.key is not the key of the certificate'),
    ])
    expect(await problemsWith('{ cert: own.pem, key: locked.key }')).toEqual([
      expect.stringMatching(/locked\.key is locked by a passphrase .* openssl pkey -in/),
    ])
  })

  test('are told together with every other problem, those of flags at the flag', async () => {
    const flags = { seed: 1.5, tls: { ca: ['no-such.pem'] } }
    const problems = await problemsWith('resume: maybe', flags)
    expect(problems.map(text => text.split(' | ')[0])).toEqual([
      '--seed scenario/not-a-whole-number',
      '--ca scenario/tls-file',
      'tls.yaml:4:11 scenario/not-a-choice',
    ])
    expect(problems[1]).toContain('absolute or from the working folder')
  })
})

/** Self-signed for plimsoll.test, for a hundred years, and good for nothing else. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBhjCCAS2gAwIBAgIUGFTc+AHMRVRCIRdUowh/u9e1VhIwCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNcGxpbXNvbGwudGVzdDAgFw0yNjExMjIxNzIyNDhaGA8yMTI2
MTAyOTE3MjI0OFowGDEWMBQGA1UEAwwNcGxpbXNvbGwudGVzdDBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABGNGIj9fSZEv1fzuOj2Dcuu2Q8HMySZE8e9paF7ccZ+L
j4RDQ9g1IDAZzdBRHSSQB3SsWpCQ81iLkfACbWMqWx2jUzBRMB0GA1UdDgQWBBR3
IEdcAwfl8kxc4YESUx9kenC0uDAfBgNVHSMEGDAWgBR3IEdcAwfl8kxc4YESUx9k
enC0uDAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIGsvZ4Qdu8F6
V+VLJeoT50XGSscqfZDcIoarrIY5HBHfAiBTksyuahEK349gEF6V0zhxZWHGxLCw
fJcnld5OfBm28Q==
-----END CERTIFICATE-----
`
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgI350G9HnMKo6jctt
kN9UTeR24hZ5ZpXZvM0EaeLYVA2hRANCAARjRiI/X0mRL9X87jo9g3LrtkPBzMkm
RPHvaWhe3HGfi4+EQ0PYNSAwGc3QUR0kkAd0rFqQkPNYi5HwAm1jKlsd
-----END PRIVATE KEY-----
`
