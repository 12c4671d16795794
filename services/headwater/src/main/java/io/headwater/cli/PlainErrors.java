package io.headwater.cli;

import io.headwater.infra.local.LocalInfraException;
import io.headwater.models.InvalidKeyFileException;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.engine.EngineUnavailableException;
import io.headwater.runtime.config.InvalidSettingsException;
import io.headwater.runtime.lifecycle.StartException;
import io.headwater.trainer.config.InvalidConfigurationException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into a line that says what to change. */
final class PlainErrors implements IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(PlainErrors.class);

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failure instanceof InvalidSettingsException settings) {
      settings.faults().forEach(fault -> err.println("headwater: " + fault));
      return ExitCodes.USAGE;
    }
    if (failure instanceof InvalidConfigurationException configuration) {
      configuration.faults().forEach(fault -> err.println("headwater: " + fault));
      return ExitCodes.USAGE;
    }
    if (failure instanceof StartException
        || failure instanceof LocalInfraException
        || failure instanceof InvalidModelPackageException
        || failure instanceof InvalidKeyFileException
        || failure instanceof EngineUnavailableException
        || failure instanceof CommandFailure) {
      LOG.info("event=command_failed", failure);
      err.println("headwater: " + failure.getMessage());
      return ExitCodes.CANNOT_RUN;
    }
    if (failure instanceof NoSuchFileException missing) {
      err.println("headwater: there is no file " + missing.getMessage());
      return ExitCodes.CANNOT_RUN;
    }
    LOG.error("event=command_failed", failure);
    err.println(
        "headwater: unexpected %s: %s (the log has the details: %s)"
            .formatted(
                failure.getClass().getSimpleName(),
                failure.getMessage(),
                System.getProperty("headwater.log.file", ".headwater/logs/headwater.log")));
    return ExitCodes.CANNOT_RUN;
  }
}
