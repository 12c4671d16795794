package io.headwater.cli;

import io.headwater.models.ModelId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads ID@VERSION. */
public final class ModelIdConverter implements ITypeConverter<ModelId> {
  @Override
  public ModelId convert(String value) {
    try {
      return ModelId.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
