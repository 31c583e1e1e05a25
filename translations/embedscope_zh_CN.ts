<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>CommandLine</name>
    <message>
        <source>Opens word vectors, shows them as a map, and trains text classifiers on them while one watches.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files of vectors or labelled sentences to open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows this help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows the version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opens the sample.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Does the main job by itself and leaves pictures and files in &lt;folder&gt;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language of this window: en or zh_CN.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours of this window: light or dark.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes a picture of the window to &lt;file&gt; when all is open, then ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selects &lt;token&gt; when all is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>token</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>it is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a + or - is missing here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a token is missing after the sign</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>two signs follow each other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the quote is never closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Internal error: %1. Save your work under a new name and report what you did.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled; nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: there is no such file. Check the path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: cannot be read (%2). Check its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: cannot be written (%2). Choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the disk is full; no file was left behind. Free some space or choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the file is empty. Download or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: holds no vectors that can be read; it looks like %2. Choose a GloVe, word2vec, .npy, .npz or safetensors file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 cannot be used (%3). %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2: %3. Mend the file or fetch it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: ends after %2 of the %3 rows that its header announces. Fetch the file again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2: is not UTF-8 text. Convert the file to UTF-8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected %2, found %3. Choose files that belong together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be %2: %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not in the vocabulary. Check the spelling and upper or lower case.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The formula &quot;%1&quot; cannot be read at character %2: %3. Write it like: king - man + woman.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: no label was found (%2).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: holds no labelled sentence. Use one sentence a line with its label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: all sentences have the same label, %2; a classifier needs at least two.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Index %1 is out of range: the table has %2 rows, numbered from 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 and %2 do not go together. %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training diverged at step %1 (%2). The last good weights were kept; try a smaller learning rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: is not the folder of a training run (%2). Choose a folder that the train command wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: has changed since the run was trained on it. Bring the old file back.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportFormat</name>
    <message>
        <source>GloVe text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read by gensim, torchtext, spaCy and most scripts. One line a token, no header.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>word2vec text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read by gensim, fastText and spaCy. Text with a first line that counts rows and columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>word2vec binary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read by gensim. Exact float32, a fraction of the size of text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NumPy with a token list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read by NumPy and everything above it. The tokens stand in a text file beside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>safetensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read by PyTorch and Hugging Face. Exact, and safe to open: it holds numbers and no code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read by PyTorch: all weights under the names of its modules.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NumPy archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read by NumPy without PyTorch: one array for each weight.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Parameter</name>
    <message>
        <source>Encoder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the words of a sentence become one vector. bag: the mean, sum or maximum of their vectors (EmbeddingBag).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mode of EmbeddingBag: mean, sum or max of the word vectors of a sentence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>embedding_dim: numbers in each word&apos;s vector. Usual: 50-100 for small data sets, 100-300 for medium, 300-500 for large ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rule that turns gradients into steps, as in torch.optim.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weight_decay: pulls all weights towards zero in each step, those of unseen words and of the padding row too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>batch_size: sentences in a step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epochs: how often the run goes through all sentences.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seed: the same seed, data, options and switches give the same weights, bit for bit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest sentence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>max_length: words of a sentence beyond this number are cut off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rarest word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>min_count: words that occur less often share the row &lt;unk&gt;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sparse gradients</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sparse: only the rows that were looked up are touched by a step; not with Adam and AdamW.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs frozen first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>freeze_epochs: the table is frozen for so many epochs and learns afterwards.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Early stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>early_stop: ends the run after so many epochs without a better validation accuracy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freeze the table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>freeze: the word vectors get no gradient and no step of the optimizer, from the next step on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Padding row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>padding_idx: this row gets no gradient and does not count in a sentence&apos;s mean, from the next step on. Its content stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lr: the size of a step, from the next step on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest norm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>max_norm: rows with a larger norm are scaled down when they are looked up, in a frozen table too, from the next step on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of norm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>norm_type: the p of the p-norm that max_norm limits; 2 is the Euclidean length.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale by frequency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scale_grad_by_freq: divides the gradient of a row by the number of times its word occurs in the batch, from the next step on.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Rule</name>
    <message>
        <source>freeze on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>freeze off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no padding row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>padding row %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>max_norm off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>max_norm %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scale by frequency on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scale by frequency off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>padding row zeroed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>momentum cleared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On: no step changes the table; only the classifier learns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows above the largest norm are still scaled down.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off: every row that occurs in a batch is learning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Momentum keeps moving rows for a while after their last batch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay %1 shrinks every row in each step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No row is padding: every row can learn and counts in a sentence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row %1 (%2) gets no gradient and does not count in a sentence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Momentum from before may still move it: clear it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay %1 still shrinks it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With 0 nothing learns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Holds from the next step on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off: rows may grow to any length.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows longer than %1 are scaled down when they are looked up. %2 rows exceed it now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On: a word that occurs five times in a batch learns from the mean of its five gradients.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off: a word that occurs five times in a batch takes the sum of its five gradients.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>row %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>formula</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Token</name>
    <message>
        <source>(empty)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Warning</name>
    <message>
        <source>Repeated tokens: %1, first &quot;%2&quot; in %3. Every row is kept; a search by name finds the earliest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens that are not UTF-8: %1, first in %2. Their bytes are kept as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows with NaN or infinite values: %1, first %2. They have no neighbours and no place on a map.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows of zeros: %1, first %2. They have no direction, so no cosine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file holds %1 of the %2 rows that its header announces; all that exist were read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header announces %1 rows, but the file holds more; all were read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens that contain blanks: %1, first in %2. Other programs may not read them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No list of tokens was found, so the rows are named by their numbers. Put one token a line into %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Empty lines that were skipped: %1, first %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the first rows were read, as asked: %1 of %2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::AboutDialog</name>
    <message>
        <source>About Embedscope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later (GPL-3.0-or-later). It comes without any warranty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Built on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::ActionRegistry</name>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::CommandList</name>
    <message>
        <source>Found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found. Try another spelling.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::CommandPalette</name>
    <message>
        <source>Type a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::DataSection</name>
    <message numerus="yes">
        <source>%n empty sentence(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) without a label left out</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) with bytes that are not UTF-8</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Open Text…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labelled sentences: TSV, CSV, JSON Lines, fastText or &quot;label text&quot; lines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open labelled sentences to train on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 sentences, %2 classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 % of its words have a vector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counted as often as they occur; the others share the row of unknown words.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::Document</name>
    <message>
        <source>Opening %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making a fresh table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counting covered words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::DropOverlay</name>
    <message>
        <source>Drop to open</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::ExportDialog</name>
    <message>
        <source>What to export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Table %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trained &amp;model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File to write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines of Python that read the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the lines of Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To read it in Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the file a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder: this one does not exist or cannot be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file exists. Export replaces it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (*%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export To</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::FormulaSection</name>
    <message>
        <source>king - man + woman</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formula</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adds and subtracts vectors and shows the rows nearest to the result (3CosAdd for cosine). Put a token that holds blanks or signs in double quotes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results of the formula</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problem with the formula</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluating the formula</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::HeatStrip</name>
    <message>
        <source>Values of the vector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blue is below zero, red above. Read single dimensions with the arrow keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dim %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::InspectorPanel</name>
    <message>
        <source>Click a point or a word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open vectors or the sample to inspect their words.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::JobStatusWidget</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stops this job. What was there before stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>+%n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>embedscope::LiveSection</name>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes the selected word the padding row (padding_idx).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zero the row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sets the padding row to zero once and clears its momentum, before the next step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear momentum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The optimizer forgets what it knows of the whole table, before the next step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>L1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>L2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>L3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::MainWindow</name>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open Vectors…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GloVe, word2vec, .npy or safetensors; the format is found by content.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Vectors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;Text…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labelled sentences to train on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the &amp;Sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentences that come with the program, and a fresh table for their words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes the table or the trained model for PyTorch, gensim and others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save Training &amp;Run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder with weights, vocabulary and log, which the headless tool can predict with and replay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save Training Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Explore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Command Palette…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Filter Vocabulary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset Layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Start Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begins a run with the sentences, model and switches of the training panel (F5).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pauses the run, or goes on (F6).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;ingle Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One batch, then pause (F10).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends the run and keeps what was learned (Shift+F5).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Embedscope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ta&amp;ble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;olours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the &amp;System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Go On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Norms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Main</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrangement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the vectors (Ctrl+1).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train a classifier on them (Ctrl+2).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 - Embedscope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Embedscope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · 1 selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training: epoch %1, step %2 of %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused after step %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trained for %1 steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · %1 tokens/s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::MapPanel</name>
    <message>
        <source>Open vectors or labelled sentences to see their map.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PCA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Centred principal components of all rows, exact: the directions in which the vectors vary most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the colour of a point tells.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Axes follow the table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On: the principal components are found anew as the table moves. Off: the axes of the first step are held, so that movement on screen is movement of the vectors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows all points (Home).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour: class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour: norm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour: none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>norm (L2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PCA of step %1, centred · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1 on the axes of an earlier step · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PCA · centred, exact · %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PC %1 (there is none: the vectors have one dimension)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PC %1 (%2 % of variance)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1
row %2, norm %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::MapView</name>
    <message>
        <source>%1
row %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No row of this map has finite coordinates.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open word vectors to see them as a map.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map of the vectors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 point.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln points.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Selected: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow keys move, plus and minus zoom, Home shows all, Escape clears the selection.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::MessageBar</name>
    <message>
        <source>Warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Information</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details of the message</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>embedscope::ModelSection</name>
    <message>
        <source>Bag of words, mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bag of words, sum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bag of words, maximum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The open table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A fresh table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vectors that are open, or new ones drawn from N(0, 1) by the seed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Given by the open table: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>50-100 for small data sets, 100-300 for medium, 300-500 for large ones.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::NeighborsModel</name>
    <message>
        <source>%1: row %2, cosine of the angle %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: row %2, Euclidean distance %3 (shorter is nearer)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: row %2, dot product %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::NeighborsSection</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cosine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>euclidean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dot product</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Metric</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How nearness is measured on the vectors as they are: the cosine of the angle, the Euclidean distance (shorter is nearer) or the dot product.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of neighbours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many neighbours are shown (k).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the neighbours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copies tokens and scores as text, separated by tabs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding neighbours</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::NormHistogram</name>
    <message>
        <source>norm (L2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Histogram of the norms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 to %2: %3</source>
        <extracomment>%1 and %2 are norms, %3 is the number of rows between them</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 row</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln rows</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No norms yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Norms from %1 to %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 row above</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln rows above</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Open word vectors to see how their norms spread.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::RecentFiles</name>
    <message>
        <source>&amp;Clear List</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>today %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n days ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>embedscope::SearchField</name>
    <message>
        <source>Find a token, a formula or a command</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::ShortcutsDialog</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter by command or key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::StartPage</name>
    <message>
        <source>Or drop a file anywhere in this window. Everything stays on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See word vectors as a map, train a classifier on them and watch the table move, then take the weights into PyTorch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;Vectors…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a table of vectors: GloVe, word2vec, fastText, NumPy, safetensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;Text…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open labelled sentences to train a classifier on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the &amp;Sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the sentences that come with Embedscope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the list of recent files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget these files; the files themselves stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>missing</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::TokenDetails</name>
    <message>
        <source>Row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row number in the table, from 0: the index that an embedding layer looks up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Norm (L2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length of the vector, and the share of all rows that are at most as long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selected token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Category of this token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · percentile %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::Tour</name>
    <message>
        <source>The table moved although it was frozen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step &quot;%1&quot; did not come true in %2 seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: cannot be written</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::TrainingCurves</name>
    <message>
        <source>step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curves of loss and accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No training run yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accuracy %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>train %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>validation %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a training run to see loss and accuracy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::TrainingPanel</name>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live switches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 steps a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How fast the run may go while you watch; what is learned does not depend on it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::TrainingRun</name>
    <message>
        <source>Preparing the training run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Updating the table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::VocabularyModel</name>
    <message>
        <source>Sorting the vocabulary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: row %2, norm (L2) %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text of each row. Click to sort by it, upper and lower case alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Norm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length of each vector (L2 norm). The bar compares it with the longest one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row number in the table, from 0: the index that an embedding layer looks up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Category &quot;%1&quot; of each token.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>embedscope::VocabularyPanel</name>
    <message>
        <source>Filter...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter the vocabulary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows the tokens that hold this text, upper and lower case alike, or the rows that fulfil a condition such as: norm &gt; 5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No row fits &quot;%1&quot;. Press Esc to see all of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open vectors or the sample to see their words here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
