#pragma once
// MSG-18: what one receiver knows of the masters, and which records it lets come into use. Plain data.
//
//   a batch comes -> kept until its date -> each of its records: newer than what is known of the same entity?
//     yes -> used; no -> ignored; a price of an item that is not there -> waits for the item
//
// Records are judged when they would come into use, not when they arrive: what is in force until then stays.
#include <cstdint>
#include <span>
#include <vector>

#include "base/item_index.h"
#include "base/time_zone.h"
#include "integration/context.h"
#include "messages/event_kind.h"
#include "rules/master.h"

namespace tillstorm::integration {

/// Who receives: what it carries, and by which clock.
struct MasterReceiver {
  const ItemIndex& items;
  const TimeZone& zone;
  const MasterRule& rule;
  bool switches_at_once = false;  ///< Uses what comes at once, whatever its date: the ecommerce front.
};

/// What a receiver has to do.
struct MasterChange {
  enum class Kind : std::uint8_t { price, off_sale, on_sale };
  Kind kind = Kind::price;
  std::uint32_t position = 0;  ///< Of the item in the receiver's range.
  std::int32_t price_minor = 0;
};

class MasterCopy {
 public:
  /// A batch has come. True if it is in use at once; otherwise it is scheduled, and the reference to it kept.
  static bool arrives(Context& c, const MasterReceiver& r, MessageId batch);
  /// Judges the records of a batch. What has to be done is valid until the next call. Gives up the reference.
  std::span<const MasterChange> come_into_use(Context& c, const MasterReceiver& r, MessageId batch);
  /// The stated days of a withdrawal are over.
  std::span<const MasterChange> withdrawal_ends(std::uint64_t payload);
  /// The item that a price waits for has not come in time: kNone if it has, else its position, to be asked for.
  std::uint32_t reference_due(Context& c, const MasterReceiver& r, std::uint64_t payload);

  /// Items that a price waits for.
  std::uint32_t parked() const { return parked_; }
  std::uint64_t bytes() const {
    return prices_.capacity() * sizeof(std::uint32_t) + published_.capacity() * sizeof(Time) +
           records_.capacity() * sizeof(ItemRecord);
  }

 private:
  /// What a record is compared by.
  struct Stamp {
    std::uint32_t version = 0;
    Time published{};
  };
  /// An item of which a record has come; all others are on sale and have always been.
  struct ItemRecord {
    std::uint32_t position = 0;
    Stamp newest{};             ///< Of its records. While it is deleted: the tombstone.
    Time deleted_at{};          ///< By the receiver's clock.
    bool is_deleted = false;    ///< Not there.
    bool is_blocked = false;    ///< There, and not to be sold.
    bool has_price = true;      ///< A price that is newer than its last delete.
    bool is_on_sale = true;     ///< As the receiver was told.
    bool is_parked = false;     ///< A price waits for it: only the newest one does.
    std::uint32_t waiting = 0;  ///< Number of the waiting.
    Stamp parked{};
    std::int32_t parked_price = 0;
  };

  ItemRecord* find(std::uint32_t position);
  ItemRecord& record_of(std::uint32_t position);
  static bool exceeds(const Context& c, const MasterRule& rule, const Stamp& incoming, const Stamp& known);
  static Stamp known_of(const Context& c, const MasterRule& rule, const ItemRecord& record);
  Stamp price_stamp(std::uint32_t position) const;
  void set_price_stamp(const MasterReceiver& r, std::uint32_t position, const Stamp& stamp);
  void judge_item(Context& c, const MasterReceiver& r, const Message& batch, std::uint32_t position, bool is_listed);
  void judge_price(Context& c, const MasterReceiver& r, const Stamp& stamp, std::uint32_t position, std::int32_t price);
  void take_off(Context& c, const MasterReceiver& r, const Message& batch, ItemRecord& record);
  void park(Context& c, const MasterReceiver& r, ItemRecord& record, const Stamp& stamp, std::int32_t price);
  void release(Context& c, const MasterReceiver& r, ItemRecord& record);
  void tell(ItemRecord& record);

  std::vector<std::uint32_t> prices_;  ///< By position: version of the price; empty as long as none has come.
  std::vector<Time> published_;        ///< By position: when it was published; kept for OrderGuard::event_time alone.
  std::vector<ItemRecord> records_;    ///< By position, ascending.
  std::uint32_t parked_ = 0;
  std::uint32_t newest_batch_ = 0;  ///< Highest version of a price batch that has come into use.
  std::vector<MasterChange> changes_;
};

}  // namespace tillstorm::integration
