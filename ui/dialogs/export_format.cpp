// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/export_format.h"

#include <QCoreApplication>

namespace embedscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ExportFormat)
};

QString gensim(const char* arguments)
{
    return QStringLiteral("from gensim.models import KeyedVectors\n"
                          "vectors = KeyedVectors.load_word2vec_format(%1, ") %
           QLatin1String(arguments) % u')';
}

QString shellWord(QString path)
{
    return u'\'' % path.replace(u'\'', QStringLiteral("'\\''")) % u'\'';
}

QString pythonString(QString path)
{
    path.replace(u'\\', QStringLiteral("\\\\"))
        .replace(u'"', QStringLiteral("\\\""))
        .replace(u'\n', QStringLiteral("\\n"));
    return u'"' % path % u'"';
}

} // namespace

QVector<ExportFormatInfo> tableExportFormats()
{
    return {
        {ExportFormat::Glove, Text::tr("GloVe text"), QStringLiteral(".txt"),
         Text::tr("Read by gensim, torchtext, spaCy and most scripts. One line a token, no header."),
         gensim("binary=False, no_header=True")},
        {ExportFormat::Word2VecText, Text::tr("word2vec text"), QStringLiteral(".vec"),
         Text::tr("Read by gensim, fastText and spaCy. Text with a first line that counts rows and columns."),
         gensim("binary=False")},
        {ExportFormat::Word2VecBinary, Text::tr("word2vec binary"), QStringLiteral(".bin"),
         Text::tr("Read by gensim. Exact float32, a fraction of the size of text."), gensim("binary=True")},
        {ExportFormat::FastTextVec, Text::tr("fastText text"), QStringLiteral(".vec"),
         Text::tr("Read by fastText as -pretrainedVectors, and by gensim. As many digits as float32 needs."),
         gensim("binary=False")},
        {ExportFormat::Csv, Text::tr("CSV table"), QStringLiteral(".csv"),
         Text::tr("Read by pandas, R and spreadsheets. One row a token, with all its columns."),
         QStringLiteral("import pandas\n"
                        "table = pandas.read_csv(%1, index_col=\"token\", keep_default_na=False)\n"
                        "weight = table.filter(regex=r\"^d\\d+$\").to_numpy(\"float32\")")},
        {ExportFormat::Npy, Text::tr("NumPy with a token list"), QStringLiteral(".npy"),
         Text::tr("Read by NumPy and everything above it. The tokens stand in a text file beside it."),
         QStringLiteral(
             "import numpy, pathlib, torch\n"
             "tokens = "
             "pathlib.Path(%1).with_suffix(\".vocab.txt\").read_text(\"utf-8\").rstrip(\"\\n\").split(\"\\n\")\n"
             "weight = torch.from_numpy(numpy.load(%1))\n"
             "embedding = torch.nn.Embedding.from_pretrained(weight, freeze=False)")},
        {ExportFormat::Npz, Text::tr("NumPy archive"), QStringLiteral(".npz"),
         Text::tr("Read by NumPy: weights and tokens in one file, without a pickle."),
         QStringLiteral("import numpy\n"
                        "file = numpy.load(%1)\n"
                        "weight, tokens = file[\"weight\"], file[\"vocabulary\"].tolist()")},
        {ExportFormat::Safetensors, Text::tr("safetensors"), QStringLiteral(".safetensors"),
         Text::tr("Read by PyTorch and Hugging Face. Exact, and safe to open: it holds numbers and no code."),
         QStringLiteral("import torch\n"
                        "from safetensors.torch import load_file\n"
                        "tensors = load_file(%1)\n"
                        "embedding = torch.nn.Embedding.from_pretrained(tensors[\"embedding.weight\"], freeze=False)")},
        {ExportFormat::PyTorch, Text::tr("PyTorch state dict"), QStringLiteral(".pt"),
         Text::tr("Read by torch.load of any version, with weights_only too. The tokens are an attribute of it."),
         QStringLiteral("import torch\n"
                        "state = torch.load(%1)\n"
                        "tokens = state.vocabulary\n"
                        "embedding = torch.nn.Embedding.from_pretrained(state[\"embedding.weight\"], freeze=False)")},
        {ExportFormat::Projector, Text::tr("Embedding Projector"), QString(),
         Text::tr("A folder for TensorBoard and for the Embedding Projector in a browser: vectors, metadata, "
                  "configuration."),
         QStringLiteral("tensorboard --logdir %1\n"
                        "# or load vectors.tsv and metadata.tsv at projector.tensorflow.org")},
    };
}

QVector<ExportFormatInfo> modelExportFormats()
{
    return {
        {ExportFormat::ModelSafetensors, Text::tr("safetensors"), QStringLiteral(".safetensors"),
         Text::tr("Read by PyTorch: all weights under the names of its modules."),
         QStringLiteral("from safetensors.torch import load_file\n"
                        "model.load_state_dict(load_file(%1))")},
        {ExportFormat::ModelPyTorch, Text::tr("PyTorch state dict"), QStringLiteral(".pt"),
         Text::tr("Read by torch.load: all weights under the names of its modules, tokens and classes as attributes."),
         QStringLiteral("import torch\n"
                        "state = torch.load(%1)\n"
                        "model.load_state_dict(state)")},
        {ExportFormat::ModelNpz, Text::tr("NumPy archive"), QStringLiteral(".npz"),
         Text::tr("Read by NumPy without PyTorch: one array for each weight."),
         QStringLiteral("import numpy, torch\n"
                        "state = {name: torch.from_numpy(array) for name, array in numpy.load(%1).items()}\n"
                        "model.load_state_dict(state)")},
        {ExportFormat::ModelProject, Text::tr("PyTorch project"), QString(),
         Text::tr(
             "A folder to go on with in PyTorch: model, weights, tokenizer, and programs that predict and train, on "
             "several machines too."),
         QStringLiteral("cd %1\n"
                        "python3 predict.py \"a sentence\"\n"
                        "python3 train.py DATA\n"
                        "torchrun --nproc_per_node=2 train.py DATA")},
    };
}

std::optional<Format> tableFormat(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Glove:
        return Format::Glove;
    case ExportFormat::Word2VecText:
        return Format::Word2VecText;
    case ExportFormat::Word2VecBinary:
        return Format::Word2VecBinary;
    case ExportFormat::FastTextVec:
        return Format::FastTextVec;
    case ExportFormat::Csv:
        return Format::Csv;
    case ExportFormat::Npy:
        return Format::Npy;
    case ExportFormat::Npz:
        return Format::Npz;
    case ExportFormat::Safetensors:
        return Format::Safetensors;
    case ExportFormat::PyTorch:
        return Format::PyTorch;
    case ExportFormat::Projector:
        return Format::Projector;
    case ExportFormat::ModelSafetensors:
    case ExportFormat::ModelPyTorch:
    case ExportFormat::ModelNpz:
    case ExportFormat::ModelProject:
        break;
    }
    return std::nullopt;
}

QString pythonSnippet(const ExportFormatInfo& info, const QString& path)
{
    return QString(info.python).replace(QStringLiteral("%1"), info.isFolder() ? shellWord(path) : pythonString(path));
}

QString withEnding(const QString& path, const ExportFormatInfo& info)
{
    if (path.isEmpty() || (!info.isFolder() && path.endsWith(info.ending)))
        return path;
    for (const auto& formats : {tableExportFormats(), modelExportFormats()}) {
        for (const ExportFormatInfo& other : formats) {
            if (!other.isFolder() && path.endsWith(other.ending))
                return path.chopped(other.ending.size()) % info.ending;
        }
    }
    return path % info.ending;
}

} // namespace embedscope
