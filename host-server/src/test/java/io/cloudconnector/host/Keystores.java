package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.Secret;
import java.io.IOException;
import java.nio.file.Path;

/** Makes keystores as an operator does, with keytool. */
public final class Keystores {
  private Keystores() {}

  /**
   * A new key with a certificate of its own for {@code localhost}.
   *
   * @param daysLeft negative for a certificate that has expired
   */
  public static Path make(Path file, Secret password, int daysLeft)
      throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-startdate",
                "-20d",
                "-validity",
                Integer.toString(20 + daysLeft),
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                password.reveal())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    return file;
  }
}
