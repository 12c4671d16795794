package io.headwater.gateway.http;

import static java.util.Objects.requireNonNull;

/** Ends the handling of a request with a problem. Costs no stack trace. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  RefusedException(Problem problem) {
    super(problem.kind(), null, false, false);
    this.problem = requireNonNull(problem, "problem");
  }

  Problem problem() {
    return problem;
  }
}
