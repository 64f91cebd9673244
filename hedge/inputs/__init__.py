"""Files and streams to text: plain, Markdown, HTML, Word, PDF, and the rows of tables."""
