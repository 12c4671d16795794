package io.headwater.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceStackTest {
  private final List<String> closed = new ArrayList<>();
  private final ResourceStack stack = new ResourceStack();

  @Test
  void givesBackWhatItTakes() {
    AutoCloseable resource = named("a");

    assertThat(stack.add(resource)).isSameAs(resource);
    assertThat(closed).isEmpty();
  }

  @Test
  void closesTheLastOneFirst() {
    stack.add(named("a"));
    stack.add(named("b"));
    stack.add(named("c"));

    stack.close();

    assertThat(closed).containsExactly("c", "b", "a");
  }

  @Test
  void closesAllEvenWhenSomeFail() {
    stack.add(named("a"));
    stack.add(failing(new IOException("disk")));
    stack.add(named("b"));
    stack.add(failing(new IllegalStateException("state")));
    stack.add(named("c"));

    stack.close();

    assertThat(closed).containsExactly("c", "b", "a");
  }

  @Test
  void anInterruptedCloseKeepsTheInterruptAndClosesTheRest() {
    stack.add(named("a"));
    stack.add(failing(new InterruptedException()));

    stack.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(closed).containsExactly("a");
  }

  @Test
  void aSecondCloseDoesNothing() {
    stack.add(named("a"));
    stack.close();

    stack.close();

    assertThat(closed).containsExactly("a");
  }

  @Test
  void whatIsAddedAfterTheCloseIsClosedAtOnce() {
    stack.close();

    assertThatIllegalStateException().isThrownBy(() -> stack.add(named("late")));

    assertThat(closed).containsExactly("late");
  }

  private AutoCloseable named(String name) {
    return () -> closed.add(name);
  }

  private static AutoCloseable failing(Exception failure) {
    return () -> {
      throw failure;
    };
  }
}
