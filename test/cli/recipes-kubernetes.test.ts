import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { RECIPES, containerWords, kubernetesObjects, recipeText } from '../support/recipe-scripts.ts'
import type { Container } from '../support/recipe-scripts.ts'
import { filesIn, makeWorkplace, reportsIn, untilBelieved } from '../support/recipe-workplace.ts'
import type { Workplace } from '../support/recipe-workplace.ts'
import { complaintOf, jobVariables, runScript } from '../support/run-script.ts'

interface Pod {
  readonly spec: { readonly restartPolicy?: string; readonly containers: readonly [Container] }
}
interface AnalysisTemplate {
  readonly spec: {
    readonly args: readonly { readonly name: string }[]
    readonly metrics: readonly [{ readonly provider: { readonly job: { readonly spec: JobSpec } } }]
  }
}
/** What is looked at of the Canary, the Service and the Deployment. */
interface FlaggerObject {
  readonly metadata: { readonly name: string; readonly namespace: string }
  readonly spec: {
    readonly analysis: { readonly webhooks: readonly { readonly type: string; readonly url: string }[] }
    readonly selector: unknown
    readonly template: Pod & { readonly metadata: { readonly labels: unknown } }
  }
}
interface JobSpec {
  readonly podFailurePolicy: { readonly rules: readonly unknown[] }
  readonly template: Pod
}

/** Until a busy machine has started a process or two. */
const PATIENT = { timeout: 60_000 }

let place: Workplace
beforeAll(async () => {
  place = await makeWorkplace()
})
afterAll(() => place?.remove())

/** The container of a recipe as it is started here: scenario and data in a folder of the test. */
function placed(container: Container, folder: string, name: string): ReturnType<typeof containerWords> {
  const { command, variables } = containerWords(container, {
    '/load-test/shop.yaml': join(folder, `${name}.yaml`),
    '/load-test': folder,
    '/data': join(folder, 'data'),
    '/plimsoll': RECIPES,
    '$(POD)': 'pod-1',
    '{{args.target}}': place.target,
    '{{args.target-host}}': '127.0.0.1',
    'http://shop-canary.shop:8080': place.target,
    'shop-canary.shop': '127.0.0.1',
  })
  return { command, variables: { ...variables, PATH: place.path } }
}

describe('argo-rollouts.yaml', () => {
  const [template] = kubernetesObjects('argo-rollouts.yaml') as readonly AnalysisTemplate[]
  const { args, metrics } = template!.spec
  const { podFailurePolicy, template: pod } = metrics[0].provider.job.spec
  const [container] = pod.spec.containers

  test('repeats the Job for exit code 3 and no other, and where the cluster took the Pod away', () => {
    const onExitCodes = { containerName: container.name, operator: 'NotIn', values: [3] }
    const onPodConditions = [{ type: 'DisruptionTarget', status: 'True' }]
    expect(podFailurePolicy.rules).toEqual([
      { action: 'Ignore', onPodConditions },
      { action: 'FailJob', onExitCodes },
    ])
    // Kubernetes takes a failure policy with no other.
    expect(pod.spec.restartPolicy).toBe('Never')
  })

  test('uses each of its arguments', () => {
    const used = [...recipeText('argo-rollouts.yaml').matchAll(/\{\{args\.([\w-]+)\}\}/g)].map(
      ([, it]) => it!,
    )
    expect(used.toSorted()).toEqual(args.map(({ name }) => name).toSorted())
  })

  test.each([
    ['held', 0, 1],
    ['broken', 99, 0],
  ])('the container with a promise that is %s ends with %i', async (name, exitCode, kept) => {
    const folder = await place.checkout(`argo-${name}`)
    const { command, variables } = placed(container, folder, name)
    const start = `exec ${command.join(' ')}`
    const run = await untilBelieved(folder, 'data/reports/pod-1/load.json', () =>
      runScript(start, ['sh'], { cwd: folder, variables }),
    )
    expect(complaintOf(run, exitCode)).toBeUndefined()
    expect(filesIn(join(folder, 'data/reports/pod-1'))).toContain('gate.xml')
    expect(reportsIn(join(folder, 'data/history'))).toHaveLength(kept)
  })
})

describe('flagger.yaml', () => {
  const [canary, service, deployment] = kubernetesObjects('flagger.yaml') as readonly FlaggerObject[]

  let stop: (() => Promise<void>) | undefined
  afterEach(() => stop?.())

  /** The container on a free port of this machine. */
  async function start(name: string): Promise<{ readonly url: string; readonly folder: string }> {
    const folder = await place.checkout(`flagger-${name}`)
    const { command, variables } = placed(deployment!.spec.template.spec.containers[0], folder, name)
    const [program = '', ...words] = command
    const own = { ...variables, HOST: '127.0.0.1', PORT: '0' }
    const child = spawn(program, words, { cwd: folder, env: jobVariables(own), timeout: 120_000 })
    stop = async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    let log = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (log += text))
    await expect.poll(() => log, PATIENT).toMatch(/^listening on port \d+\n/)
    return { url: `http://127.0.0.1:${/\d+/.exec(log)![0]}/`, folder }
  }
  const post = (url: string, signal: AbortSignal | null = null): Promise<Response> =>
    fetch(url, { method: 'POST', body: '{"name":"shop","namespace":"shop","phase":"Progressing"}', signal })

  test('calls the service that it brings, before any traffic', () => {
    const { name, namespace } = service!.metadata
    expect(canary!.spec.analysis.webhooks).toMatchObject([
      { type: 'pre-rollout', url: `http://${name}.${namespace}:8080/` },
    ])
    expect(deployment!.spec.template.metadata.labels).toEqual(service!.spec.selector)
  })

  test('a promise that holds is answered with 200; meanwhile there is no second load', async () => {
    const { url, folder } = await start('held')
    expect((await fetch(url)).status).toBe(200)
    const answers = await untilBelieved(folder, 'data/reports/load.json', () =>
      Promise.all([post(url), post(url)]),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect(reportsIn(join(folder, 'data/history'))).toHaveLength(1)
  })

  test('a broken one is answered with 500, and with what the gate says', async () => {
    const { url, folder } = await start('broken')
    const answer = await untilBelieved(folder, 'data/reports/load.json', () => post(url))
    expect(answer.status).toBe(500)
    expect(await answer.text()).toMatch(/^pipeline\.sh ended with 99\n[^]*errors < 50%/)
  })

  test('the load ends where nobody waits for the answer any more', async () => {
    const { url, folder } = await start('long')
    const reports = join(folder, 'data/reports')
    const patience = new AbortController()
    const answer = post(url, patience.signal).catch((error: Error) => error.name)
    await expect.poll(() => filesIn(reports), PATIENT).toContain('load.json.journal')
    patience.abort()
    expect(await answer).toBe('AbortError')
    await expect.poll(() => filesIn(reports), PATIENT).toContain('load.json')
    // Of the 300 s that the scenario wants.
    const { run } = JSON.parse(readFileSync(join(reports, 'load.json'), 'utf8')) as {
      run: { ended: unknown }
    }
    expect(run.ended).toMatchObject({ how: 'interrupted', signal: 'SIGTERM' })
  })
})
