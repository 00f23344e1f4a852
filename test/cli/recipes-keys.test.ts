import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { RECIPES, kubernetesObjects } from '../support/recipe-scripts.ts'

type Known = Readonly<Record<string, string>>

/**
 * The keys that a CI documents, by where they stand; `*` is every key or element. A CI that meets another one refuses the
 * file or, worse, overlooks it. What stands in none of these places is not looked at.
 */
const DOCUMENTED: Readonly<Record<string, Known>> = {
  '../action.yml': {
    '': 'name author description branding inputs outputs runs',
    branding: 'color icon',
    'inputs.*': 'description required default deprecationMessage',
    'outputs.*': 'description value',
    runs: 'using steps',
    'runs.steps.*': 'name id if run shell working-directory uses with env continue-on-error',
    'runs.steps.3.with':
      'name path if-no-files-found retention-days compression-level overwrite include-hidden-files',
  },
  'github-workflow.yml': {
    '': 'name run-name on permissions env defaults concurrency jobs',
    'jobs.*':
      'name permissions needs if runs-on environment concurrency outputs env defaults steps timeout-minutes strategy continue-on-error container services uses with secrets',
    'jobs.*.steps.*':
      'name id if run shell working-directory uses with env continue-on-error timeout-minutes',
    'jobs.*.steps.3.with':
      'path key restore-keys enableCrossOsArchive fail-on-cache-miss lookup-only segment-download-timeout-mins',
    'jobs.*.steps.5.with': 'path key upload-chunk-size enableCrossOsArchive',
  },
  'gitlab-ci.yml': {
    'load-test':
      'after_script allow_failure artifacts before_script cache coverage dependencies environment extends hooks id_tokens identity image inherit interruptible manual_confirmation needs pages parallel release resource_group retry rules run script secrets services stage start_in tags timeout trigger variables when',
    'load-test.allow_failure': 'exit_codes',
    'load-test.artifacts': 'access exclude expire_in expose_as name paths public reports untracked when',
    'load-test.artifacts.reports':
      'accessibility annotations api_fuzzing browser_performance codequality container_scanning coverage_fuzzing coverage_report cyclonedx dast dependency_scanning dotenv junit load_performance metrics requirements sast secret_detection terraform',
    'load-test.cache': 'fallback_keys key paths policy unprotect untracked when',
    'load-test.rules.*': 'allow_failure changes exists if interruptible needs variables when',
  },
  'circleci-config.yml': {
    '': 'version setup orbs commands parameters executors jobs workflows',
    'jobs.*':
      'docker machine macos shell environment parallelism parameters working_directory resource_class steps type circleci_ip_ranges',
    'jobs.*.steps.*':
      'run checkout when unless setup_remote_docker save_cache restore_cache store_artifacts store_test_results persist_to_workspace attach_workspace add_ssh_keys',
    'jobs.*.steps.*.run':
      'command name shell environment background working_directory no_output_timeout when',
    'jobs.*.steps.*.restore_cache': 'key keys name',
    'jobs.*.steps.*.when': 'condition steps',
    'jobs.*.steps.*.when.steps.*.save_cache': 'paths key name when',
    'jobs.*.steps.*.store_test_results': 'path',
    'jobs.*.steps.*.store_artifacts': 'path destination',
    'workflows.*': 'jobs triggers when unless',
  },
  'argo-rollouts.yaml': {
    '': 'apiVersion kind metadata spec',
    spec: 'args metrics dryRun measurementRetention templates',
    'spec.metrics.*':
      'name interval initialDelay count successCondition failureCondition failureLimit inconclusiveLimit consecutiveErrorLimit consecutiveSuccessLimit provider',
    'spec.metrics.*.provider.job': 'metadata spec',
    'spec.metrics.*.provider.job.spec':
      'activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode completions managedBy manualSelector maxFailedIndexes parallelism podFailurePolicy podReplacementPolicy selector successPolicy suspend template ttlSecondsAfterFinished',
    'spec.metrics.*.provider.job.spec.podFailurePolicy.rules.*': 'action onExitCodes onPodConditions',
  },
  'flagger.yaml': {
    '': 'apiVersion kind metadata spec',
    'spec.analysis':
      'interval iterations maxWeight stepWeight stepWeights stepWeightPromotion threshold primaryReadyThreshold canaryReadyThreshold mirror mirrorWeight match metrics webhooks alerts sessionAffinity',
    'spec.analysis.webhooks.*': 'name type url timeout metadata muteAlert retries disableTLS',
  },
}

/** What stands at `a.*.b` of a document; nothing where there is no such place in it. */
function placesAt(root: unknown, path: string): Record<string, unknown>[] {
  const steps = path === '' ? [] : path.split('.')
  const found = steps.reduce<unknown[]>(
    (nodes, step) =>
      nodes.flatMap(node => {
        if (typeof node !== 'object' || node === null) return []
        if (step === '*') return Object.values(node) as unknown[]
        return step in node ? [(node as Record<string, unknown>)[step]] : []
      }),
    [root],
  )
  return found.filter(node => typeof node === 'object' && node !== null) as Record<string, unknown>[]
}

describe.each(Object.entries(DOCUMENTED))('%s', (file, known) => {
  const text = readFileSync(join(RECIPES, file), 'utf8')
  const documents = parseAllDocuments(text).map(document => document.toJS() as unknown)

  test.each(Object.entries(known))('at "%s" has keys that its CI documents, and no other', (path, keys) => {
    const places = documents.flatMap(document => placesAt(document, path))
    expect(places).not.toHaveLength(0)
    const documented = keys.split(' ')
    expect(places.flatMap(Object.keys).filter(key => !documented.includes(key))).toEqual([])
  })
})

test('an undocumented key is noticed', () => {
  const job = parse('load-test: { script: [ls], artefacts: { paths: [reports/] } }') as unknown
  const documented = DOCUMENTED['gitlab-ci.yml']!['load-test']!.split(' ')
  const keys = placesAt(job, 'load-test').flatMap(Object.keys)
  expect(keys.filter(key => !documented.includes(key))).toEqual(['artefacts'])
})

test.each([
  ['argo-rollouts.yaml', 'spec.metrics.*.provider.job.spec.template.spec'],
  ['flagger.yaml', 'spec.template.spec'],
])('%s mounts volumes that its Pod has, and all of them', (file, path) => {
  const [pod] = kubernetesObjects(file).flatMap(object => placesAt(object, path))
  const names = (at: string): unknown[] => placesAt(pod, at).map(({ name }) => name)
  expect(new Set(names('containers.*.volumeMounts.*'))).toEqual(new Set(names('volumes.*')))
  expect(names('volumes.*')).not.toHaveLength(0)
})
