package io.headwater.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The model packages under one root, which lie in it as {@code id/version/}. Reads the folders anew
 * at each call, so a package put there while a service runs is found.
 *
 * @param root where the packages lie; need not exist yet
 * @param trusted whose signature a package must have to be opened
 * @param only the one package that there is, whatever its folder is called
 */
public record ModelCatalog(Path root, TrustedKeys trusted, Optional<ModelPackage> only) {
  public ModelCatalog {
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(trusted, "trusted");
    Objects.requireNonNull(only, "only");
  }

  /** The packages under a root. */
  public ModelCatalog(Path root, TrustedKeys trusted) {
    this(root, trusted, Optional.empty());
  }

  /**
   * A catalog of one package, whatever its folder is called.
   *
   * @throws InvalidModelPackageException if it is not signed as it must be
   */
  public static ModelCatalog of(ModelPackage only, TrustedKeys trusted) {
    trusted.check(only.folder());
    return new ModelCatalog(only.folder(), trusted, Optional.of(only));
  }

  /** A catalog whose packages need no signature. */
  public ModelCatalog(Path root) {
    this(root, TrustedKeys.NOT_ASKED_FOR);
  }

  /**
   * All packages by the names of their folders, sorted; none is opened or verified.
   *
   * @throws UncheckedIOException if the root is there and cannot be read
   */
  public List<ModelId> list() {
    if (only.isPresent()) {
      return List.of(only.get().id());
    }
    List<ModelId> ids = new ArrayList<>();
    for (Path model : foldersIn(root)) {
      for (Path version : foldersIn(model)) {
        if (holdsModel(version)) {
          ids.add(new ModelId(nameOf(model), nameOf(version)));
        }
      }
    }
    return List.copyOf(ids);
  }

  /** The folder of a package, if there is one of that name. */
  public Optional<Path> find(ModelId id) {
    if (only.isPresent()) {
      return only.filter(model -> model.id().equals(id)).map(ModelPackage::folder);
    }
    Path folder = root.resolve(id.id()).resolve(id.version());
    return Optional.of(folder).filter(ModelCatalog::holdsModel);
  }

  /**
   * Opens and verifies a package.
   *
   * @throws InvalidModelPackageException if it is not there, is damaged, holds another model than
   *     its folder's name says, or is not signed as it must be
   */
  public ModelPackage open(ModelId id) {
    Path folder = root.resolve(id.id()).resolve(id.version());
    if (find(id).isEmpty()) {
      throw new InvalidModelPackageException(folder, "there is none; there are: " + list());
    }
    if (only.isPresent()) {
      return only.get();
    }
    // First: of what nobody trusted has signed, not even the description is read.
    trusted.check(folder);
    ModelPackage opened = ModelPackage.open(folder, id);
    if (!opened.id().equals(id)) {
      throw new InvalidModelPackageException(
          folder, "it holds " + opened.id() + ", but its folder says " + id);
    }
    return opened;
  }

  private static boolean holdsModel(Path folder) {
    return Stream.of(ModelDescriptor.FILE, ModelDescriptor.GRAPH, TranslationLayout.ENCODER)
        .anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
  }

  private static List<Path> foldersIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .filter(entry -> ModelId.isPart(nameOf(entry)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the models in " + folder, e);
    }
  }

  private static String nameOf(Path folder) {
    return String.valueOf(folder.getFileName());
  }
}
