import type { RunFacts } from '../result/result.ts'

/**
 * The machine that made the load, as far as a capacity may depend on it: processor, how many, system, the major version
 * of Node, and whether it paced by timer. Memory is left out: a virtual machine has some other figure after each start.
 */
export function fingerprintOf({ machine, pacing }: Pick<RunFacts, 'machine' | 'pacing'>): string {
  const { cpus, cpuModel, platform, arch, node } = machine
  const major = /^v?\d+/.exec(node)?.[0].replace('v', '') ?? node
  const paced = pacing === 'timer' ? ', low-CPU pacing' : ''
  return `${cpus} × ${cpuModel}, ${platform} ${arch}, Node ${major}${paced}`
}
