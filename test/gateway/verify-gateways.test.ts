import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderJson } from '../../src/report/render-json.ts'
import type { VerificationJson } from '../../src/report/size/verification-json.ts'
import { debianProgram } from '../support/debian-program.ts'
import { knownBackend } from '../support/known-backend.ts'
import { makeFolder } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { isServed, portsOfPeaks, proved } from '../support/verified.ts'

/** 160/s over two backends that carry 98/s or so each are 82 %, over one 163 %. */
const PROOF = 'size one.json --peak 160/s --survive 0 --headroom 90% --verify --verify-for 5s --format json'

describe.each([
  ['haproxy', 'HAProxy', /^haproxy$/, 'haproxy'],
  ['nginx', 'nginx', /^nginx$/, 'nginx-light'],
  ['varnish', 'Varnish', /^varnishd$/, 'varnish'],
])('a proof with %s', (word, title, program, debianPackage) => {
  const isThere = debianProgram(program, debianPackage) !== undefined
  if (!isThere) process.stderr.write(`SKIPPED: no ${title} here, and no right to install it\n`)

  describe.skipIf(!isThere)(`through a real ${title}`, () => {
    let folder: WorkFolder
    let exitCode: number | null
    let proof: VerificationJson
    beforeAll(async () => {
      folder = await makeFolder()
      await folder.write('one.json', renderJson(knownBackend()))
      const run = await proved([...PROOF.split(' '), '--with', word], folder.path)
      ;({ exitCode, proof } = run)
    }, 600_000)
    afterAll(() => folder.remove())

    test('agrees with the recommendation', () => {
      const { verdict, gateway, because } = proof
      expect({ exitCode, verdict, gateway, because }).toEqual({
        exitCode: 0,
        verdict: 'agrees',
        gateway: title,
        because:
          'the proof agrees with the recommendation: 2 backends hold 160/s; 1 backend does not hold 160/s',
      })
    })

    test('with the recommended number not one request meets a gateway error', () => {
      expect(proof.peaks[0]).toMatchObject({ backends: 2, holds: 'yes', measured: { errorShare: 0 } })
    })

    test('with one fewer it gets out of it what it carries, and turns the rest away with 503', () => {
      const one = proof.peaks[1]!
      expect(one).toMatchObject({ backends: 1, holds: 'no', expected: 'no' })
      const { goodRps, statuses, offeredRequests } = one.measured!
      expect(Math.abs(goodRps / one.capacityRps - 1)).toBeLessThan(0.1)
      expect(statuses['503'] / offeredRequests).toBeGreaterThan(0.2)
      expect(statuses['504']).toBe(0)
    })

    test('leaves no gateway behind', async () => {
      const ports = await portsOfPeaks(folder.path)
      expect(ports.length).toBeGreaterThan(1)
      expect((await Promise.all(ports.map(isServed))).filter(served => served)).toEqual([])
    })
  })
})
