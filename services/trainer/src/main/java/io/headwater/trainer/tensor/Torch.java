package io.headwater.trainer.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;

/**
 * PyTorch's engine by name: the tokenizer's library brings another engine along, which has no
 * gradients.
 */
public final class Torch {
  private static final String ENGINE = "PyTorch";

  private Torch() {}

  /** A manager of arrays on the CPU; the caller closes it. */
  public static NDManager newManager() {
    if (System.getProperty("ai.djl.offline") == null) {
      // The native library is on the class path: nothing is looked for on the network.
      System.setProperty("ai.djl.offline", "true");
    }
    return NDManager.newBaseManager(Device.cpu(), ENGINE);
  }

  /** Watches what is computed from arrays that require gradients; the caller closes it. */
  public static GradientCollector newCollector() {
    return Engine.getEngine(ENGINE).newGradientCollector();
  }

  /** Seeds dropout. */
  public static void seed(int seed) {
    Engine.getEngine(ENGINE).setRandomSeed(seed);
  }
}
