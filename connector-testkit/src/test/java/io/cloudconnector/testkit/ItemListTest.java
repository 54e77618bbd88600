package io.cloudconnector.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ItemListTest {
  @Test
  void findsTheBodyAndItsMembersWhereTheyAreListsOfSomething() {
    assertThat(ItemList.in("[{\"a\":[1]},2]".getBytes(UTF_8))).containsExactly(new ItemList("", 2));
    assertThat(
            ItemList.in(
                "{\"e/v\":[1,2,3],\"none\":[],\"o\":{\"deep\":[1]},\"x\":1}".getBytes(UTF_8)))
        .containsExactly(new ItemList("/e~1v", 3));
  }
}
