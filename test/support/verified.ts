import { readFile, readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { VerificationJson } from '../../src/report/size/verification-json.ts'
import { runCli } from './run-cli.ts'

/** What `plimsoll size --verify --format json` says of the proof. */
export const verifiedIn = (stdout: string): VerificationJson =>
  (JSON.parse(stdout) as { readonly verification: VerificationJson }).verification

/** Ports that the peaks of a folder's proofs were sent to. */
export async function portsOfPeaks(folder: string): Promise<readonly number[]> {
  const proofs = await readdir(join(folder, 'reports')).catch(() => [])
  const files = await Promise.all(
    proofs.map(async proof =>
      (await readdir(join(folder, 'reports', proof))).map(file => join(folder, 'reports', proof, file)),
    ),
  )
  const scenarios = files.flat().filter(file => file.endsWith('.yaml'))
  const texts = await Promise.all(scenarios.map(file => readFile(file, 'utf8')))
  return texts.map(text => Number(/^target: "http:\/\/127\.0\.0\.1:(\d+)"$/m.exec(text)?.[1]))
}

export const isServed = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })

/** A proof that the machine was too busy for says nothing about what is proved. */
const ATTEMPTS = 3

export interface ProofRun {
  readonly exitCode: number | null
  readonly stderr: string
  readonly proof: VerificationJson
}

/** Runs `plimsoll size … --verify --format json` until it decides, at most three times. */
export async function proved(words: readonly string[], cwd: string): Promise<ProofRun> {
  for (let attempt = 1; ; attempt++) {
    const { exitCode, stdout, stderr } = await runCli(words, { cwd, within: 170_000 })
    const proof = verifiedIn(stdout)
    if (proof.verdict !== 'cannot-tell' || attempt === ATTEMPTS) return { exitCode, stderr, proof }
  }
}
