package io.headwater.runtime.lifecycle;

/**
 * Where a service is in its life.
 *
 * <pre>
 *   CREATED ──▶ STARTING ──▶ RUNNING ──▶ STOPPING ──▶ STOPPED
 *                   │           │
 *                   └───────────┴──▶ FAILED ──▶ (close) STOPPED
 * </pre>
 */
public enum ServiceState {
  CREATED,
  STARTING,
  RUNNING,
  STOPPING,
  STOPPED,
  FAILED
}
