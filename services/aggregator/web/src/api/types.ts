// What the server answers. Optional: parts that an older server, or one that has not that part, leaves out.

export interface Origin {
  topic: string;
  partition: number;
  offset: number;
}

export interface Sentiment {
  label: string;
  probabilities: Record<string, number>;
  polarity: number;
  model: string;
  textSource: string;
  scoredOn?: string;
  segments: number;
  tokens: number;
}

/** Start and end in UTF-16 code units; -1 and -1 for a special token. */
export type Span = [number, number];

export interface Alignment {
  source: Span[];
  target: Span[];
  /** One row for each token of the translation, one column for each of the original. */
  weights: number[][];
}

export interface Translation {
  text: string;
  textCut: boolean;
  textLength: number;
  sourceLanguage: string;
  targetLanguage: string;
  passedThrough: boolean;
  hitLengthLimit: boolean;
  logProbability: number;
  model: string;
  segments: number;
  tokens: number;
  alignments?: Alignment[];
}

export interface PathStep {
  stage: string;
  task?: string;
  topic?: string;
  partition?: number;
  offset?: number;
  at?: string;
  model?: string;
}

export interface Insight {
  id: string;
  text: string;
  textCut: boolean;
  textLength: number;
  language: string;
  source: string;
  author?: string | null;
  conversation?: string | null;
  sentAt?: string | null;
  recordedAt: string;
  origin: Origin;
  sentiment?: Sentiment;
  translation?: Translation;
  skipped?: Record<string, string>;
  path?: PathStep[];
  explained?: boolean;
}

export interface ExplainedToken {
  start: number;
  end: number;
  special: boolean;
}

export interface ExplainedSegment {
  tokens: ExplainedToken[];
  rollout: number[];
  lastLayer: number[];
  occlusion: number[];
  /** Into how many parts it was cut to be masked; fewer than tokens where it is long. */
  maskedParts?: number;
  agreement?: number | null;
  layers: number;
  heads: number;
  attention?: string | null;
}

export interface Explanation {
  id: string;
  model: string;
  label: string;
  probability: number;
  textSource: string;
  agreement: number | null;
  missingReason?: string | null;
  segments: ExplainedSegment[];
}

export interface WindowState {
  source: string;
  language: string;
  start: string;
  sizeMs: number;
  count: number;
  labels: Record<string, number>;
  meanPolarity: number;
}

export interface WindowsAnswer {
  complete: boolean;
  missing: { instance: string; reason: string }[];
  truncated: boolean;
  windows: WindowState[];
}

export interface LastMinute {
  insights: number;
  perSecond: number;
  meanPolarity: number;
  labels: Record<string, number>;
}

export interface Stats {
  connected: boolean;
  insights: number;
  latestAt: number | null;
  lastMinute: LastMinute;
  matching: number;
  sampledOut: number;
  dropped: number;
  maxPerSecond: number;
}

export interface Summary {
  instance: string;
  peers: string[];
  sources: string[];
  languages: string[];
}

export interface StageLatency {
  stage: string;
  task: string | null;
  count: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
}

export interface StageLag {
  stage: string;
  group: string;
  topic: string;
  records: number;
}

export interface LetterCause {
  stage: string;
  cause: string;
  lastHour: number;
  latest: string | null;
  latestDetail: string | null;
}

export interface Trial {
  model: string;
  share: number;
  compared: number;
  agreement: number | null;
  errorShare?: number;
  limits?: { errorShare: number; disagreement: number };
}

export interface ModelInstance {
  service: string;
  instance: string;
  active: string;
  state: string;
  detail: string | null;
}

export interface TaskModel {
  task: string;
  active: string;
  revision?: number;
  since?: string | null;
  by?: string | null;
  note?: string | null;
  shadow?: Trial | null;
  canary?: Trial | null;
  rolledBack?: { model: string; at: string; reason: string } | null;
  instances?: ModelInstance[];
  agreed?: boolean;
}

export interface Pipeline {
  latency?: StageLatency[];
  lag?: StageLag[];
  lagComplete?: boolean;
  lagError?: string;
  deadLetters?: { lastHour: number; total: number; byCause: LetterCause[] };
  models?: TaskModel[];
}
