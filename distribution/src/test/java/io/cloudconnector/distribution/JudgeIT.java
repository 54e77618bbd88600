package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A judge that finds nothing proves nothing: here it finds what was planted. */
class JudgeIT {
  private final List<Told> told = new ArrayList<>();
  private final List<Seen> log = new ArrayList<>();
  private Instant now = Instant.EPOCH;

  private void change(String trace, String resource, long version) {
    told.add(new Told("anna", trace, resource, false, version, now));
  }

  private void deletion(String trace, String resource) {
    told.add(new Told("anna", trace, resource, true, 0, now));
  }

  private void updated(String trace, String resource, long version) {
    log.add(new Seen("id of " + trace, "data.updated", "anna", trace, resource, version, now));
  }

  private void deleted(String trace, String resource) {
    log.add(new Seen("id of " + trace, "data.deleted", "anna", trace, resource, 0, now));
  }

  /** Three changes of two documents, all told and all in the log. */
  private void plainDay() {
    change("t1", "workout/1", 10);
    change("t2", "sleep/1", 20);
    change("t3", "workout/1", 30);
    updated("t1", "workout/1", 10);
    updated("t2", "sleep/1", 20);
    updated("t3", "workout/1", 30);
  }

  private Verdict verdict() {
    return Judge.ofLog(told, log);
  }

  @Test
  void findsNothingWhereAllIsWell() {
    plainDay();

    verdict().assertClean();
    assertThat(verdict().delivered).isEqualTo(3);
  }

  @Test
  void findsALostChange() {
    plainDay();
    log.remove(1);

    assertThat(verdict().lost).singleElement().asString().contains("t2");
    assertThat(verdict().reordered).isEmpty();
  }

  @Test
  void findsTheLossOfTheLastChangeOfADocument() {
    plainDay();
    log.removeLast();

    assertThat(verdict().lost).singleElement().asString().contains("t3");
  }

  @Test
  void findsAPersonOfWhomNothingArrived() {
    change("t1", "workout/1", 10);

    assertThat(verdict().lost).hasSize(1);
  }

  @Test
  void findsADocumentOlderThanTheChange() {
    change("t1", "workout/1", 10);
    updated("t1", "workout/1", 9);

    assertThat(verdict().lost).hasSize(1);
  }

  @Test
  void findsAnIdTwice() {
    plainDay();
    log.add(log.getLast());

    assertThat(verdict().duplicated).isNotEmpty();
  }

  @Test
  void findsTwoEventsForOneChange() {
    plainDay();
    log.add(new Seen("another id", "data.updated", "anna", "t3", "workout/1", 30, now));

    assertThat(verdict().duplicated).singleElement().asString().contains("t3");
  }

  @Test
  void findsTwoPlacesExchanged() {
    plainDay();
    Collections.swap(log, 0, 1);

    assertThat(verdict().reordered).hasSize(1);
    assertThat(verdict().lost).isEmpty();
  }

  @Test
  void aChangeThatWaitedForOverAMinuteMayBePassed() {
    change("t1", "workout/1", 10);
    change("t2", "sleep/1", 20);
    now = now.plus(Duration.ofSeconds(61));
    updated("t2", "sleep/1", 20);
    updated("t1", "workout/1", 10);

    verdict().assertClean();
    assertThat(verdict().aside).isEqualTo(1);
  }

  @Test
  void aChangeThatWaitedForOneWhichStoodAsideMayBePassed() {
    change("t1", "workout/1", 10);
    now = now.plus(Duration.ofSeconds(50));
    change("t2", "workout/1", 20);
    change("t3", "sleep/1", 30);
    now = now.plus(Duration.ofSeconds(11));
    updated("t3", "sleep/1", 30);
    updated("t1", "workout/1", 10);
    updated("t2", "workout/1", 20);

    verdict().assertClean();
    assertThat(verdict().aside).isEqualTo(2);
  }

  @Test
  void aChangeThatStoodAsideAndBringsANewerOneAlongPassesNobodyByThat() {
    change("t1", "workout/1", 10);
    change("t2", "sleep/1", 20);
    now = now.plus(Duration.ofSeconds(61));
    updated("t2", "sleep/1", 20);
    change("t3", "sleep/1", 30);
    change("t4", "workout/1", 40);
    updated("t4", "workout/1", 40);
    updated("t3", "sleep/1", 30);

    verdict().assertClean();
    assertThat(verdict().aside).isEqualTo(1);
  }

  @Test
  void aChangeToldAfterOneThatStoodAsideWasWrittenMayNot() {
    change("t1", "workout/1", 10);
    change("t2", "sleep/1", 20);
    now = now.plus(Duration.ofSeconds(61));
    updated("t2", "sleep/1", 20);
    updated("t1", "workout/1", 10);
    now = now.plus(Duration.ofSeconds(1));
    change("t3", "workout/1", 30);
    change("t4", "sleep/1", 40);
    updated("t4", "sleep/1", 40);
    updated("t3", "workout/1", 30);

    assertThat(verdict().reordered).hasSize(1);
  }

  @Test
  void aMinuteAfterItWasPassedIsTooLate() {
    change("t1", "workout/1", 10);
    change("t2", "sleep/1", 20);
    updated("t2", "sleep/1", 20);
    now = now.plus(Duration.ofSeconds(61));
    updated("t1", "workout/1", 10);

    assertThat(verdict().reordered).hasSize(1);
  }

  @Test
  void findsAnOlderVersionAfterANewerOne() {
    change("t1", "workout/1", 10);
    change("t2", "workout/1", 20);
    updated("t1", "workout/1", 30);
    updated("t2", "workout/1", 20);

    assertThat(verdict().reordered).hasSize(1);
  }

  @Test
  void findsAnEventThatNobodyTold() {
    plainDay();
    updated("t9", "workout/1", 40);

    assertThat(verdict().invented).singleElement().asString().contains("t9");
  }

  @Test
  void findsADeletionThatNeverWas() {
    change("t1", "workout/1", 10);
    deleted("t1", "workout/1");

    assertThat(verdict().invented).hasSize(1);
  }

  @Test
  void oneEventMayTellSeveralChangesOfADocument() {
    change("t1", "workout/1", 10);
    change("t2", "sleep/1", 20);
    change("t3", "workout/1", 30);
    updated("t3", "workout/1", 30);
    updated("t2", "sleep/1", 20);

    verdict().assertClean();
    assertThat(verdict().shared).isEqualTo(1);
  }

  @Test
  void aDeletionNeedsAnEventOfItsOwn() {
    change("t1", "workout/1", 10);
    deletion("t2", "workout/1");
    deleted("t1", "workout/1");

    assertThat(verdict().lost).singleElement().asString().contains("t2");
  }

  @Test
  void aChangeIsNotToldByTheDeletionAfterIt() {
    change("t1", "workout/1", 10);
    deletion("t2", "workout/1");
    deleted("t2", "workout/1");

    assertThat(verdict().lost).singleElement().asString().contains("t1");
  }

  @Test
  void aChangeOfWhatIsAlreadyGoneMayBeToldAsThat() {
    change("t1", "workout/1", 10);
    deletion("t2", "workout/1");
    deleted("t1", "workout/1");
    deleted("t2", "workout/1");

    verdict().assertClean();
  }

  @Test
  void aReceiverMayGetSomethingAgainButMissesNothing() {
    plainDay();
    List<Seen> received = new ArrayList<>(log);
    received.add(1, log.getFirst());

    Judge.ofReceiver(log, received).assertClean();
    assertThat(Judge.ofReceiver(log, received).again).isEqualTo(1);
    assertThat(Judge.ofReceiver(log, log.subList(0, 2)).lost).hasSize(1);
    assertThat(Judge.ofReceiver(log, log.reversed()).reordered).hasSize(2);
    assertThat(Judge.ofReceiver(log.subList(0, 2), log).invented).hasSize(1);
  }
}
