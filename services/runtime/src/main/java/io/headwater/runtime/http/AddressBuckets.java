package io.headwater.runtime.http;

import static java.util.Objects.requireNonNull;

import io.github.bucket4j.Bucket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A bucket for each client address, of which the longest unused is forgotten when there are too
 * many. Thread-safe.
 */
public final class AddressBuckets {
  /** A network of IPv6 belongs to one client, who can take any address in it. */
  private static final int NETWORK_BYTES = 8;

  private final Supplier<Bucket> full;
  private final Map<String, Bucket> table;

  /**
   * An empty table.
   *
   * @param most addresses that are remembered
   * @param full makes the bucket of an address that is new
   */
  public AddressBuckets(int most, Supplier<Bucket> full) {
    this.full = requireNonNull(full, "full");
    this.table =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > most;
          }
        };
  }

  /** The bucket of an address, as a connection names it. */
  public Bucket of(String address) {
    String client = client(address);
    synchronized (table) {
      return table.computeIfAbsent(client, unused -> full.get());
    }
  }

  int size() {
    synchronized (table) {
      return table.size();
    }
  }

  private static String client(String address) {
    if (!address.contains(":")) {
      return address;
    }
    try {
      InetAddress known = InetAddress.getByName(address);
      return known instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(known.getAddress(), NETWORK_BYTES))
          : known.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
