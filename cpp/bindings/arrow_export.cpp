#include "bindings/arrow_export.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/civil.h"
#include "base/time.h"

namespace tillstorm::bindings {
namespace {

/// Text values one after another, as Arrow's `utf8` wants them.
struct Dictionary {
  std::vector<std::int32_t> offsets{0};
  std::string text;

  explicit Dictionary(const Names& names) {
    for (const std::string& name : names) {
      text += name;
      offsets.push_back(static_cast<std::int32_t>(text.size()));
    }
  }
  std::int64_t size() const { return static_cast<std::int64_t>(offsets.size()) - 1; }
};

/// What all batches of a stream share.
struct Source {
  TableHandle table;
  std::vector<std::shared_ptr<const Dictionary>> dictionaries;  ///< One for each column; null where it has no names.

  explicit Source(TableHandle handle) : table(std::move(handle)) {
    for (const ColumnView& column : table.view->columns) {
      dictionaries.push_back(is_named(column.info.type)
                                 ? std::make_shared<const Dictionary>(names_of_values(table, column.info))
                                 : nullptr);
    }
  }
};

/// Positions in a dictionary are given as signed numbers of the same width: what is stored is far below the sign bit,
/// and pandas takes no other.
const char* format_of(ColumnType type) {
  switch (type) {
    case ColumnType::uint16:
      return "S";
    case ColumnType::uint32:
      return "I";
    case ColumnType::int32:
    case ColumnType::place:
    case ColumnType::item:
      return "i";
    case ColumnType::date:
      return "tdD";
    case ColumnType::timestamp:
      return "tsu:UTC";
    case ColumnType::label:
      return "c";
    case ColumnType::int64:
      break;
  }
  return "l";
}

/// Key-value pairs as Arrow encodes them: counts and lengths in the machine's own byte order.
std::string encode_metadata(const std::vector<std::pair<std::string_view, std::string_view>>& pairs) {
  std::string result;
  const auto number = [&result](std::size_t value) {
    const auto narrow = static_cast<std::int32_t>(value);
    std::array<char, sizeof narrow> bytes{};
    std::memcpy(bytes.data(), &narrow, sizeof narrow);
    result.append(bytes.data(), bytes.size());
  };
  number(pairs.size());
  for (const auto& [key, value] : pairs) {
    for (const std::string_view text : {key, value}) {
      number(text.size());
      result += text;
    }
  }
  return result;
}

/// What an exported struct (ArrowSchema, ArrowArray) points to. Each struct, also a child or a dictionary, owns its
/// own: a consumer may move a child away and release the parent.
template <class Exported>
struct Owned {
  std::string name, metadata;
  std::array<const void*, 3> buffers{};
  std::vector<std::uint8_t> validity;
  std::shared_ptr<const void> memory;
  std::vector<Exported> parts;
  std::vector<Exported*> children;
  Exported dictionary{};

  Owned() = default;
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  Owned(Owned&&) = delete;
  Owned& operator=(Owned&&) = delete;
  ~Owned() {
    for (Exported& part : parts) release_if_held(part);
    release_if_held(dictionary);
  }

  void add_children(std::size_t count) {
    parts.resize(count);
    for (Exported& part : parts) children.push_back(&part);
  }
  /// Hands `self` over to `out`, whose release frees it.
  static void give(std::unique_ptr<Owned> self, Exported& out) {
    out.n_children = static_cast<std::int64_t>(self->children.size());
    out.children = self->children.empty() ? nullptr : self->children.data();
    out.dictionary = self->dictionary.release == nullptr ? nullptr : &self->dictionary;
    out.release = [](Exported* exported) {
      delete static_cast<Owned*>(exported->private_data);
      exported->release = nullptr;
    };
    out.private_data = self.release();
  }

 private:
  static void release_if_held(Exported& exported) {
    if (exported.release != nullptr) exported.release(&exported);
  }
};
using OwnedSchema = Owned<ArrowSchema>;
using OwnedArray = Owned<ArrowArray>;

/// A schema without children, and what it will point to.
std::unique_ptr<OwnedSchema> begin_schema(const char* format, std::string_view name, std::string metadata,
                                          ArrowSchema& out) {
  auto owned = std::make_unique<OwnedSchema>();
  owned->name = name;
  owned->metadata = std::move(metadata);
  out = {};
  out.format = format;
  out.name = owned->name.c_str();
  out.metadata = owned->metadata.empty() ? nullptr : owned->metadata.c_str();
  return owned;
}

void export_column_schema(const ColumnInfo& info, ArrowSchema& out) {
  auto owned = begin_schema(format_of(info.type), info.name,
                            encode_metadata({{"unit", info.unit}, {"meaning", info.meaning}}), out);
  if (is_named(info.type) || info.may_be_none) out.flags = ARROW_FLAG_NULLABLE;
  if (is_named(info.type)) {
    auto text = begin_schema("u", "", "", owned->dictionary);
    OwnedSchema::give(std::move(text), owned->dictionary);
  }
  OwnedSchema::give(std::move(owned), out);
}

void export_schema(const TableView& view, ArrowSchema& out) {
  auto owned = begin_schema("+s", "", encode_metadata({{"name", view.name}, {"title", view.title}}), out);
  owned->add_children(view.columns.size());
  for (std::size_t i = 0; i < view.columns.size(); ++i) export_column_schema(view.columns[i].info, owned->parts[i]);
  OwnedSchema::give(std::move(owned), out);
}

/// An array without children, and what it will point to.
std::unique_ptr<OwnedArray> begin_array(std::size_t length, std::int64_t buffer_count,
                                        std::shared_ptr<const void> memory, ArrowArray& out) {
  auto owned = std::make_unique<OwnedArray>();
  owned->memory = std::move(memory);
  out = {};
  out.length = static_cast<std::int64_t>(length);
  out.n_buffers = buffer_count;
  out.buffers = owned->buffers.data();
  return owned;
}

/// Marks the rows whose value is none, if there are any, and returns how many.
template <class Value, class IsNone>
std::int64_t mark_none(OwnedArray& owned, const ColumnChunk& chunk, IsNone is_none) {
  std::int64_t none = 0;
  const auto* values = static_cast<const Value*>(chunk.data);
  for (std::size_t i = 0; i < chunk.size; ++i) {
    if (!is_none(values[i])) continue;
    if (owned.validity.empty()) owned.validity.assign((chunk.size + 7) / 8, 0xFF);
    owned.validity[i / 8] = static_cast<std::uint8_t>(owned.validity[i / 8] & ~(1U << (i % 8)));
    ++none;
  }
  owned.buffers[0] = owned.validity.empty() ? nullptr : owned.validity.data();
  return none;
}

/// The same of the positions that have no name.
template <class Position>
std::int64_t mark_unnamed(OwnedArray& owned, const ColumnChunk& chunk, std::int64_t names) {
  return mark_none<Position>(owned, chunk,
                             [names](Position position) { return static_cast<std::int64_t>(position) >= names; });
}

void export_dictionary(const std::shared_ptr<const Dictionary>& dictionary, ArrowArray& out) {
  auto owned = begin_array(static_cast<std::size_t>(dictionary->size()), 3, dictionary, out);
  owned->buffers[1] = dictionary->offsets.data();
  owned->buffers[2] = dictionary->text.data();
  OwnedArray::give(std::move(owned), out);
}

void export_column(const ColumnView& column, std::size_t chunk_index, const std::shared_ptr<const void>& memory,
                   const std::shared_ptr<const Dictionary>& dictionary, ArrowArray& out) {
  const ColumnChunk& chunk = column.chunks[chunk_index];
  auto owned = begin_array(chunk.size, 2, memory, out);
  owned->buffers[1] = chunk.data;
  if (dictionary) {
    out.null_count = column.info.type == ColumnType::label
                         ? mark_unnamed<std::uint8_t>(*owned, chunk, dictionary->size())
                         : mark_unnamed<std::uint32_t>(*owned, chunk, dictionary->size());
    export_dictionary(dictionary, owned->dictionary);
  } else if (column.info.may_be_none) {
    out.null_count =
        column.info.type == ColumnType::date
            ? mark_none<std::int32_t>(*owned, chunk, [](std::int32_t days) { return days == kNoDate.days; })
            : mark_none<std::int64_t>(*owned, chunk, [](std::int64_t us) { return us == kNoTime.us; });
  }
  OwnedArray::give(std::move(owned), out);
}

void export_batch(const Source& source, std::size_t chunk_index, ArrowArray& out) {
  const TableView& view = *source.table.view;
  auto owned = begin_array(view.columns.front().chunks[chunk_index].size, 1, nullptr, out);
  owned->add_children(view.columns.size());
  for (std::size_t i = 0; i < view.columns.size(); ++i) {
    export_column(view.columns[i], chunk_index, view.owners[chunk_index], source.dictionaries[i], owned->parts[i]);
  }
  OwnedArray::give(std::move(owned), out);
}

/// The state behind an ArrowArrayStream.
struct Stream {
  Source source;
  std::size_t next_chunk = 0;
  std::string error{};

  static Stream& of(ArrowArrayStream* stream) { return *static_cast<Stream*>(stream->private_data); }

  /// Runs `action`; an exception (there is only lack of memory) becomes an error code.
  template <class Action>
  static int guarded(ArrowArrayStream* stream, Action action) {
    try {
      action(of(stream));
      return 0;
    } catch (const std::exception& error) {
      of(stream).error = error.what();
      return ENOMEM;
    }
  }
  static int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
    return guarded(stream, [out](const Stream& self) { export_schema(*self.source.table.view, *out); });
  }
  /// After the last batch, a batch that is released already says so.
  static int get_next(ArrowArrayStream* stream, ArrowArray* out) {
    return guarded(stream, [out](Stream& self) {
      *out = {};
      if (self.next_chunk < self.source.table.view->owners.size()) export_batch(self.source, self.next_chunk++, *out);
    });
  }
  static const char* get_last_error(ArrowArrayStream* stream) { return of(stream).error.c_str(); }
  static void release(ArrowArrayStream* stream) {
    delete static_cast<Stream*>(stream->private_data);
    stream->release = nullptr;
  }
};

}  // namespace

void export_stream(const TableHandle& table, ArrowArrayStream* out) {
  auto stream = std::make_unique<Stream>(Stream{Source(table)});
  *out = {&Stream::get_schema, &Stream::get_next, &Stream::get_last_error, &Stream::release, stream.release()};
}

}  // namespace tillstorm::bindings
