package io.cloudconnector.distribution;

import io.cloudconnector.simulator.whoop.WhoopPerson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happens to one person and how the vendor tells it: one webhook after another, each sent
 * until it is taken, some of them again. For one thread.
 */
final class MemberLife {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int ENOUGH = 12;

  private final String user;
  private final WhoopPerson person;
  private final WebhookPost post;
  private final Ledger ledger;
  private final SplittableRandom random;
  private final List<byte[]> told = new ArrayList<>();

  MemberLife(String user, WhoopPerson person, WebhookPost post, Ledger ledger, long seed) {
    this.user = user;
    this.person = person;
    this.post = post;
    this.ledger = ledger;
    this.random = new SplittableRandom(seed ^ user.hashCode());
  }

  SplittableRandom random() {
    return random;
  }

  void next() throws InterruptedException {
    int dice = random.nextInt(100);
    List<String> workouts = person.ids("workout");
    List<String> sleeps = person.ids("sleep");
    if (workouts.isEmpty() || (dice < 20 && workouts.size() < ENOUGH)) {
      changed("workout", person.newWorkout().id());
    } else if (sleeps.isEmpty() || (dice < 28 && sleeps.size() < ENOUGH)) {
      changed("sleep", person.newNap().id());
    } else if (dice < 55) {
      changed("workout", person.updateWorkout(any(workouts)).id());
    } else if (dice < 65) {
      severalTimes(any(workouts));
    } else if (dice < 85) {
      night(any(sleeps));
    } else if (dice < 94) {
      deleted("workout", person.deleteWorkout(any(workouts)).id());
    } else {
      deleteNight(any(sleeps));
    }
  }

  private String any(List<String> ids) {
    return ids.get(random.nextInt(ids.size()));
  }

  private void severalTimes(String id) throws InterruptedException {
    for (int times = random.nextInt(2, 5); times > 0; times--) {
      changed("workout", person.updateWorkout(id).id());
    }
  }

  private void night(String id) throws InterruptedException {
    person.updateSleep(id);
    changed("sleep", id);
    if (hasRecovery(id)) {
      changed("recovery", id);
    }
  }

  private void deleteNight(String id) throws InterruptedException {
    boolean recovery = hasRecovery(id);
    person.deleteSleep(id);
    deleted("sleep", id);
    if (recovery) {
      deleted("recovery", id);
    }
  }

  private boolean hasRecovery(String sleepId) {
    return person.ids("recovery").contains(sleepId);
  }

  private void changed(String type, String id) throws InterruptedException {
    String updated = JSON.readTree(person.document(type, id)).path("updated_at").asString();
    tell(type, id, "updated", Instant.parse(updated).toEpochMilli());
  }

  private void deleted(String type, String id) throws InterruptedException {
    tell(type, id, "deleted", 0);
  }

  private void tell(String type, String id, String what, long version) throws InterruptedException {
    String trace = new UUID(random.nextLong(), random.nextLong()).toString();
    byte[] body = WebhookPost.body(person.accountId(), type + "." + what, id, trace);
    post.untilTaken(body);
    ledger.acknowledged(
        new Told(user, trace, type + "/" + id, what.equals("deleted"), version, Instant.now()));
    told.add(body);
    tellAgain();
  }

  /** Now and then the latest or an older one comes again, though it was acknowledged. */
  private void tellAgain() throws InterruptedException {
    int dice = random.nextInt(100);
    if (dice < 12) {
      int back = dice < 8 ? 1 : random.nextInt(1, Math.min(told.size(), 50) + 1);
      post.untilTaken(told.get(told.size() - back));
      ledger.repeated();
    }
  }
}
