#include "messages/message_pool.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <vector>

#include "messages/random_messages.h"

namespace tillstorm {
namespace {

Line line_of(std::uint32_t i) { return {ItemId{i}, static_cast<std::int32_t>(i), 0, 0}; }

void expect_lines(const MessagePool& pool, MessageId id, const std::vector<std::uint32_t>& items) {
  const auto lines = pool.lines(id);
  ASSERT_EQ(lines.size(), items.size());
  for (std::size_t i = 0; i < items.size(); ++i) ASSERT_EQ(index_of(lines[i].item), items[i]) << "line " << i;
}

TEST(MessagePool, CreatesAnEmptyMessageWithOneReference) {
  MessagePool pool;
  const MessageId id = pool.create(MessageType::dispatch);
  EXPECT_EQ(pool[id].envelope.type, MessageType::dispatch);
  EXPECT_EQ(pool[id].references, 1);
  EXPECT_TRUE(pool.lines(id).empty());
  EXPECT_EQ(pool.live(), 1);
}

TEST(MessagePool, KeepsLinesInTheOrderInWhichTheyCame) {
  MessagePool pool;
  const MessageId id = pool.create(MessageType::ticket);
  std::vector<std::uint32_t> items;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    pool.add_line(id, line_of(i));
    items.push_back(i);
    expect_lines(pool, id, items);
  }
}

TEST(MessagePool, FreesAMessageWithItsLastReference) {
  MessagePool pool;
  const MessageId id = pool.create(MessageType::ticket);
  pool.retain(id);
  pool.release(id);
  EXPECT_EQ(pool.live(), 1);
  pool.release(id);
  EXPECT_EQ(pool.live(), 0);
  EXPECT_THROW(pool.release(id), InternalError) << "nobody holds it any more";
}

TEST(MessagePool, GivesAFreedSlotOutClean) {
  MessagePool pool;
  const MessageId first = pool.create(MessageType::ticket);
  pool[first].ticket.net = 5;
  pool[first].envelope.number = 9;
  pool.add_line(first, line_of(1));
  pool.release(first);
  const MessageId second = pool.create(MessageType::ticket);
  EXPECT_EQ(second, first) << "slots are used again";
  EXPECT_EQ(pool[second].ticket.net, 0);
  EXPECT_EQ(pool[second].envelope.number, 0);
  EXPECT_TRUE(pool.lines(second).empty());
}

TEST(MessagePool, CopiesAMessageWithItsOwnLines) {
  MessagePool pool;
  const MessageId original = pool.create(MessageType::goods_receipt);
  pool[original].goods.document = 77;
  pool.retain(original);
  for (std::uint32_t i = 0; i < 9; ++i) pool.add_line(original, line_of(i));
  const MessageId copy = pool.copy(original);
  EXPECT_EQ(pool[copy].goods.document, 77);
  EXPECT_EQ(pool[copy].references, 1);
  pool.lines(copy)[0].item = ItemId{500};
  pool.add_line(copy, line_of(9));
  expect_lines(pool, original, {0, 1, 2, 3, 4, 5, 6, 7, 8});
  expect_lines(pool, copy, {500, 1, 2, 3, 4, 5, 6, 7, 8, 9});
}

TEST(MessagePool, TheSameWorkAgainAndAgainNeedsNoMoreMemory) {
  MessagePool pool;
  const auto work = [&] {
    std::vector<MessageId> held;
    for (std::uint32_t i = 0; i < 200; ++i) {
      held.push_back(pool.create(MessageType::ticket));
      for (std::uint32_t j = 0; j < i % 37; ++j) pool.add_line(held.back(), line_of(j));
    }
    for (const MessageId id : held) pool.release(id);
  };
  for (int i = 0; i < 20; ++i) work();
  const std::uint64_t bytes = pool.bytes();
  for (int i = 0; i < 200; ++i) work();
  EXPECT_EQ(pool.bytes(), bytes);
}

// Property: under arbitrary creating, filling, copying and releasing, every message held shows exactly its own lines,
// and a copy of the pool goes the same way as the pool.
TEST(MessagePool, HoldsWhatAnOrdinaryMapWouldHold) {
  Arbitrary any(11);
  MessagePool pool;
  std::map<MessageId, std::vector<std::uint32_t>> model;
  const auto pick = [&] {
    auto at = model.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(any.below(model.size())));
    return at;
  };
  for (int step = 0; step < 20'000; ++step) {
    const std::uint64_t what = any.below(10);
    if (model.empty() || what == 0) {
      const MessageId id = pool.create(MessageType::ticket);
      ASSERT_TRUE(model.emplace(id, std::vector<std::uint32_t>{}).second) << "a slot in use was given out";
    } else if (what == 1) {
      const auto gone = pick();
      pool.release(gone->first);
      model.erase(gone);
    } else if (what == 2 && model.size() < 100) {
      const auto original = pick();
      const std::vector<std::uint32_t> lines = original->second;
      ASSERT_TRUE(model.emplace(pool.copy(original->first), lines).second);
    } else {
      const auto at = pick();
      const auto item = static_cast<std::uint32_t>(any.below(1'000'000));
      pool.add_line(at->first, line_of(item));
      at->second.push_back(item);
    }
    if (step % 500 == 0) {
      MessagePool snapshot = pool;
      const MessageId next = pool.create(MessageType::ticket);
      ASSERT_EQ(snapshot.create(MessageType::ticket), next) << "a copy chooses alike";
      pool.release(next);
      for (const auto& [id, lines] : model) expect_lines(snapshot, id, lines);
    }
    ASSERT_EQ(pool.live(), model.size());
  }
  for (const auto& [id, lines] : model) expect_lines(pool, id, lines);
}

}  // namespace
}  // namespace tillstorm
