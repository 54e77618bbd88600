package io.cloudconnector.host.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which hosts are this machine itself, told from the text alone: no name is looked up. */
public final class Loopback {
  private static final Pattern IPV4 = Pattern.compile("127(\\.\\d{1,3}){3}");

  private Loopback() {}

  /**
   * Whether a host of a URL is {@code localhost}, in 127.0.0.0/8 (RFC 1122), or {@code ::1}.
   *
   * @param host as {@link java.net.URI#getHost} gives it
   */
  public static boolean is(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.equals("::1")
        || IPV4.matcher(name).matches();
  }
}
