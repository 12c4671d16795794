package io.headwater.runtime.http;

import static java.util.Objects.requireNonNull;

/** Ends the handling of a request with a problem. Costs no stack trace. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public RefusedException(Problem problem) {
    super(problem.kind(), null, false, false);
    this.problem = requireNonNull(problem, "problem");
  }

  public Problem problem() {
    return problem;
  }
}
