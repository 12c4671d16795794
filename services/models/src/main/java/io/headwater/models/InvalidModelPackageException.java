package io.headwater.models;

import java.nio.file.Path;

/**
 * A folder that cannot serve as a model package; the message is one line that says where and why.
 */
public final class InvalidModelPackageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says which folder was refused and what is wrong with it. */
  public InvalidModelPackageException(Path folder, String fault) {
    super(line(folder, fault));
  }

  /** Says which folder was refused, what is wrong with it, and what brought it to light. */
  public InvalidModelPackageException(Path folder, String fault, Throwable cause) {
    super(line(folder, fault), cause);
  }

  private static String line(Path folder, String fault) {
    return "model package " + folder + ": " + fault.replaceAll("\\s*\\R\\s*", " ");
  }
}
