import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Comparison } from '../../src/compare/comparison.ts'
import { LOAD_CORE, PLIMSOLL, runNode, stop } from '../accuracy/child-process.ts'
import { serveLab } from '../accuracy/serve-lab.ts'

/** Service rate of the base, and that of a candidate with 12 % less capacity, 1/s. */
const BASE_RATE = 400
const WORSE_RATE = 352
/** Ten runs of 53 s with what starting and draining takes. */
const LIMIT_MS = 20 * 60_000

/**
 * `plimsoll compare --run` against two servers in processes of their own, at most five pairs. Several of these share the cores, so
 * nobody spins.
 */
export async function compareOverLoopback(seed: number, isPlanted: boolean): Promise<Comparison> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-compare-'))
  const serve = (rate: number, own: number): ReturnType<typeof serveLab> =>
    serveLab({ name: 'WANDER', settings: [`rate=${rate}/s`], seed: own, lowCpu: true })
  const base = await serve(BASE_RATE, 2 * seed)
  const candidate = await serve(isPlanted ? WORSE_RATE : BASE_RATE, 2 * seed + 1)
  try {
    const out = join(folder, 'comparison.json')
    const words = [
      'compare',
      '--run',
      `${base.url}/`,
      `${candidate.url}/`,
      '--knee',
      `${BASE_RATE}/s`,
      '--pairs',
      '5',
    ]
    const more = ['--seed', String(seed), '--reports', join(folder, 'runs'), '--format', 'json', '-o', out]
    const child = runNode(LOAD_CORE, [PLIMSOLL, ...words, ...more, '--low-cpu', '--workers', '1', '--quiet'])
    const limit = setTimeout(() => void stop(child), LIMIT_MS)
    await child.ended
    clearTimeout(limit)
    const text = await readFile(out, 'utf8').catch(() => undefined)
    if (text === undefined)
      throw new Error(`no comparison; plimsoll said:\n${child.stdout()}${child.stderr()}`)
    return JSON.parse(text) as Comparison
  } finally {
    await Promise.all([base.stop(), candidate.stop()])
    await rm(folder, { recursive: true, force: true })
  }
}
