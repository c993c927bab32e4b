package facesort.bench.accuracy;

import facesort.ops.console.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Pictures of which it is known who is on them.
 *
 * @param pictures their files
 * @param people who is on each, as the folders say; empty when only pairs are known
 * @param pairs what is compared
 */
record Labelled(List<Path> pictures, List<String> people, List<Pair> pairs) {
  private static final String PAIRS = "pairs.csv";

  /** Copies the lists. */
  Labelled {
    pictures = List.copyOf(pictures);
    people = List.copyOf(people);
    pairs = List.copyOf(pairs);
  }

  /**
   * Two pictures by their places in the list.
   *
   * @param same whether they show one person
   */
  record Pair(int first, int second, boolean same) {}

  /**
   * Reads what a folder holds: {@code pairs.csv} when there is one, else a sub-folder for each
   * person. Files that are no pictures are passed over.
   *
   * @throws CommandException when there is nothing to compare
   */
  static Labelled read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw CommandException.usage(folder + " is no folder: --data names the labelled pictures");
    }
    try {
      Path list = folder.resolve(PAIRS);
      Labelled found = Files.exists(list) ? listed(folder, list) : byFolder(folder);
      if (found.pairs.stream().allMatch(Pair::same) || found.pairs.stream().noneMatch(Pair::same)) {
        throw CommandException.usage(
            folder
                + " holds no pairs of one person and of two: it needs a sub-folder of pictures for"
                + " each person, or pairs.csv with lines of path,path,same");
      }
      return found;
    } catch (IOException e) {
      throw CommandException.error("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  private static Labelled byFolder(Path folder) throws IOException {
    List<Path> pictures = new ArrayList<>();
    List<String> people = new ArrayList<>();
    for (Path person : children(folder)) {
      if (Files.isDirectory(person)) {
        for (Path file : children(person)) {
          if (Files.isRegularFile(file) && Picture.isOne(file)) {
            pictures.add(file);
            people.add(String.valueOf(person.getFileName()));
          }
        }
      }
    }
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < people.size(); i++) {
      for (int j = i + 1; j < people.size(); j++) {
        pairs.add(new Pair(i, j, people.get(i).equals(people.get(j))));
      }
    }
    return new Labelled(pictures, people, pairs);
  }

  private static Labelled listed(Path folder, Path list) throws IOException {
    Map<Path, Integer> pictures = new HashMap<>();
    List<Pair> pairs = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(list)) {
      number++;
      String[] cells = line.split(",", -1);
      if (line.isBlank() || (number == 1 && cells.length == 3 && !isSame(cells[2]).known())) {
        continue;
      }
      Said said = cells.length == 3 ? isSame(cells[2]) : Said.UNKNOWN;
      if (!said.known()) {
        throw CommandException.usage(
            "%s, line %d: path,path,same is needed, same being 1, 0, true, false, yes or no"
                .formatted(list, number));
      }
      pairs.add(
          new Pair(
              place(pictures, folder, cells[0]),
              place(pictures, folder, cells[1]),
              said == Said.SAME));
    }
    Path[] files = new Path[pictures.size()];
    pictures.forEach((file, place) -> files[place] = file);
    return new Labelled(List.of(files), List.of(), pairs);
  }

  private static int place(Map<Path, Integer> pictures, Path folder, String name) {
    Path file = folder.resolve(name.strip()).normalize();
    if (!Files.isRegularFile(file) || !Picture.isOne(file)) {
      throw CommandException.usage(file + " is no picture, but pairs.csv names it");
    }
    return Objects.requireNonNullElseGet(
        pictures.putIfAbsent(file, pictures.size()), () -> pictures.size() - 1);
  }

  private enum Said {
    SAME,
    DIFFERENT,
    UNKNOWN;

    boolean known() {
      return this != UNKNOWN;
    }
  }

  private static Said isSame(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "1", "true", "yes" -> Said.SAME;
      case "0", "false", "no" -> Said.DIFFERENT;
      default -> Said.UNKNOWN;
    };
  }

  /** In the order of their names, so that every machine reads the same. */
  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
